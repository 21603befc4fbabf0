import { Button } from '@blueprintjs/core';
import type { ReactNode } from 'react';
import type { AnnotationMergeRow } from '../../../../main/contract/requests/index.ts';
import { Inert } from '../../../parts/Inert.tsx';
import { Kbd } from '../../../parts/Kbd.tsx';
import { NoteText } from '../../../parts/NoteText.tsx';
import { Verdict } from '../../../parts/Verdict.tsx';
import { rangesText } from '../seed-words.ts';
import { type Decision, differing } from './merge-model.ts';

interface MergeDetailProps {
  readonly item: AnnotationMergeRow;
  readonly decision: Decision | null;
  readonly choices: readonly Decision[];
  readonly onDecide: (decision: Decision) => void;
  /** Decides of all in its group that are no conflict. */
  readonly onDecideGroup: (decision: 'keep' | 'add') => void;
}

const OF_GROUP = [
  { decision: 'keep', keys: 'Shift K', words: 'Leave out group' },
  { decision: 'add', keys: 'Shift A', words: 'Add group' },
] as const;

const BUTTONS: readonly { readonly decision: Decision; readonly keys: string; readonly words: string }[] = [
  { decision: 'keep', keys: 'K', words: 'Leave it out' },
  { decision: 'add', keys: 'A', words: 'Add' },
  { decision: 'replace', keys: 'P', words: 'Replace yours' },
];

/** One annotation from elsewhere beside what is here, and the decision. */
export function MergeDetail({ item, decision, choices, onDecide, onDecideGroup }: MergeDetailProps) {
  const { theirs, ours, state, ranges, moved } = item;
  const marked = differing({ ...theirs, ranges: [...(ranges ?? theirs.ranges)] }, ours);
  return (
    <section className="merge-detail" aria-label="Decision">
      <div className="merge-sides">
        <Side title="From there" words={theirs} marked={marked} by={theirs.by}>
          {moved && ranges && <p className="t2">Here these bytes stand at {rangesText({ ranges })}.</p>}
          {state === 'changed' && (
            <p className="t2">Not all of its bytes are here as they were, so it comes as a question.</p>
          )}
          {state === 'elsewhere' && <p className="t2">This seed does not have these bytes.</p>}
        </Side>
        {state === 'conflict' &&
          (ours ? (
            <Side title="Here" words={ours} marked={marked} by={ours.by} />
          ) : (
            <section aria-label="Here">
              <h3 className="strong">Here</h3>
              <p className="t2">It was taken away here.</p>
            </section>
          ))}
      </div>
      <div className="merge-choices">
        {BUTTONS.filter(each => choices.includes(each.decision)).map(each => (
          <Button
            key={each.decision}
            size="small"
            className="nowrap"
            active={decision === each.decision}
            aria-pressed={decision === each.decision}
            onClick={() => onDecide(each.decision)}
          >
            {each.decision === 'add' && state === 'conflict' ? 'Add beside' : each.words}{' '}
            <Kbd keys={each.keys} />
          </Button>
        ))}
        {theirs.group !== null &&
          OF_GROUP.map(each => (
            <Button
              key={each.decision}
              size="small"
              variant="minimal"
              className="nowrap"
              onClick={() => onDecideGroup(each.decision)}
            >
              {each.words} <Kbd keys={each.keys} />
            </Button>
          ))}
        {choices.length === 0 && <span className="t2">There is nothing to decide.</span>}
      </div>
    </section>
  );
}

interface SideProps {
  readonly title: string;
  readonly words: Pick<
    AnnotationMergeRow['theirs'],
    'kind' | 'label' | 'note' | 'group' | 'colour' | 'ranges'
  >;
  readonly marked: ReturnType<typeof differing>;
  readonly by: string;
  readonly children?: ReactNode;
}

function Side({ title, words, marked, by, children }: SideProps) {
  const mark = (field: Parameters<typeof marked.has>[0]) => (marked.has(field) ? 'merge-differs' : undefined);
  return (
    <section aria-label={title}>
      <h3>
        <span className="strong">{title}</span>{' '}
        <span className="t3">
          by <Inert text={by} prose />
        </span>
      </h3>
      <p className={mark('kind')}>
        <Verdict name={words.kind} />
      </p>
      <p className={mark('label')}>
        <Inert text={words.label} prose />
      </p>
      <p className={mark('ranges')}>
        <span className="mono t2">{rangesText(words)}</span>
      </p>
      {words.group !== null && (
        <p className={mark('group')}>
          <span className="t3">group</span> <Inert text={words.group} prose />
        </p>
      )}
      {words.colour !== null && (
        <p className={mark('colour')}>
          <span className="t3">colour</span> {words.colour}
        </p>
      )}
      {words.note !== '' && (
        <div className={mark('note')}>
          <NoteText note={words.note} />
        </div>
      )}
      {children}
    </section>
  );
}
