import { Button } from '@blueprintjs/core';
import { ArrowDownIcon, ArrowUpIcon } from '@blueprintjs/icons';
import type { AnnotationRow, DisagreementRow } from '../../../main/contract/requests/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { NoteText } from '../../parts/NoteText.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { type Column, DataTable } from '../../viewers/table/index.ts';
import { byGravity } from './annotation-rows.ts';
import { initials } from './seed-model.ts';
import { rangesText } from './seed-words.ts';
import type { Disagreements } from './use-disagreements.ts';

/** What each kind of disagreement is, in a person's words. */
const WORDS: Record<DisagreementRow['what'], string> = {
  doubt: 'One explains, another doubts',
  kinds: 'One asks, another warns',
  one: 'Only one says anything',
};

const COLUMNS: readonly Column<DisagreementRow>[] = [
  {
    id: 'what',
    title: 'What differs',
    least: 120,
    text: row => `${rangesText({ ranges: [row] })} ${WORDS[row.what]}`,
    order: row => row.offset,
    render: row => (
      <div className="two-lines">
        <div className="cut">{WORDS[row.what]}</div>
        <div className="t3 cut mono">{rangesText({ ranges: [row] })}</div>
      </div>
    ),
  },
  {
    id: 'sides',
    title: 'By',
    width: 96,
    text: row => row.sides.map(side => `${side.by}: ${side.kinds.join(', ')}`).join('; '),
    render: row => (
      <span className="seed-sides">
        {row.sides.map(side => (
          <span key={side.by} title={side.kinds.join(', ')}>
            {byGravity(side.kinds)
              .slice(0, 1)
              .map(kind => (
                <span key={kind} className={`mark-${kind}`}>
                  <Mark name={kind} />
                </span>
              ))}
            <span className="unseen">{side.kinds.join(' and ')} by</span>
            {initials(side.by)}
          </span>
        ))}
      </span>
    ),
  },
];

/** The bytes of which people do not say the same. */
export function DisagreementList({ disagreements }: { readonly disagreements: Disagreements }) {
  const { all, shown, select } = disagreements;
  return (
    <DataTable
      label="Disagreements"
      columns={COLUMNS}
      rows={all}
      keyOf={row => String(row.offset)}
      selected={shown ? String(shown.offset) : null}
      onSelect={select}
      rowHeight={40}
      empty="Everybody says the same."
    />
  );
}

interface DisagreementViewProps {
  readonly disagreements: Disagreements;
  readonly annotations: readonly AnnotationRow[];
  readonly onOpen: (annotation: AnnotationRow) => void;
}

/** What each person says of the same bytes, side by side. */
export function DisagreementView({ disagreements, annotations, onOpen }: DisagreementViewProps) {
  const { all, shown, go } = disagreements;
  const at = shown ? all.indexOf(shown) + 1 : 0;
  return (
    <section className="seed-editor" aria-label="Disagreement">
      <header className="panehead">
        <h2 className="nowrap">{shown ? `Disagreement ${at} of ${all.length}` : 'Disagreements'}</h2>
        <span className="mono t2 cut grow">{shown && rangesText({ ranges: [shown] })}</span>
        <Button
          size="small"
          variant="minimal"
          icon={<ArrowUpIcon size={14} />}
          onClick={() => go(-1)}
          aria-label="Previous disagreement"
        />
        <Button
          size="small"
          variant="minimal"
          icon={<ArrowDownIcon size={14} />}
          onClick={() => go(1)}
          aria-label="Next disagreement"
        >
          <Kbd keys="N" />
        </Button>
      </header>
      {shown ? (
        <div className="seed-side-by-side">
          {shown.sides.map(side => (
            <section key={side.by} aria-label={side.by}>
              <h3 className="strong">
                <Inert text={side.by} prose />
              </h3>
              {annotations
                .filter(each => side.annotations.includes(each.id))
                .map(each => (
                  <article key={each.id} className="seed-side">
                    <Verdict name={each.kind} />
                    <button type="button" className="as-link" onClick={() => onOpen(each)}>
                      <Inert text={each.label} prose />
                    </button>
                    <span className="t3 mono">{rangesText(each)}</span>
                    {each.note !== '' && <NoteText note={each.note} />}
                  </article>
                ))}
              {side.annotations.length === 0 && <p className="t2">Says nothing of these bytes.</p>}
            </section>
          ))}
          {shown.sides.length < 2 && (
            <section aria-label="Others">
              <h3 className="strong">The others</h3>
              <p className="t2">Say nothing of these bytes.</p>
            </section>
          )}
        </div>
      ) : (
        <p className="pane-none t2">Choose one, or press N.</p>
      )}
    </section>
  );
}
