import type { AnnotationHistoryRow, AnnotationRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { NoteText } from '../../parts/NoteText.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { full } from '../../parts/time.ts';
import { rangesText } from './seed-words.ts';

interface HistoryDialogProps {
  readonly annotation: AnnotationRow;
  readonly onClose: () => void;
}

type Content = NonNullable<AnnotationHistoryRow['content']>;
type Field = AnnotationHistoryRow['changed'][number];

const DONE: Record<AnnotationHistoryRow['type'], string> = {
  'seed-annotated': 'wrote it',
  'annotation-changed': 'changed it',
  'annotation-removed': 'removed it',
  'annotation-resolved': 'settled it',
};

/** What became of one annotation: who did what when, what changed by it, and what was taken back. */
export function HistoryDialog({ annotation, onClose }: HistoryDialogProps) {
  const { value, problem } = useEngine('seed.history', { id: annotation.id });
  return (
    <Modal title="History of the annotation" onClose={onClose} width={640}>
      {problem && <ProblemPanel title="The history cannot be read" problem={problem} />}
      <ol className="seed-history">
        {value?.events.map(event => (
          <li key={event.event} className={event.undone ? 'seed-undone' : undefined}>
            <p>
              <span className="strong">
                <Inert text={event.by} prose />
              </span>{' '}
              {DONE[event.type]}
              {event.undone && <span className="strong"> (taken back)</span>}{' '}
              <span className="t3">
                {full(event.at)}, event {event.event}
              </span>
            </p>
            {event.content && (
              <dl className="facts">
                {(event.type === 'seed-annotated' ? FIELDS : event.changed).map(field => (
                  <FieldValue key={field} field={field} content={event.content as Content} />
                ))}
              </dl>
            )}
            {event.reason !== null && (
              <p className="said">
                <Inert text={event.reason} prose />
              </p>
            )}
          </li>
        ))}
      </ol>
    </Modal>
  );
}

const FIELDS: readonly Field[] = ['ranges', 'kind', 'label', 'note', 'group', 'colour'];

function FieldValue({ field, content }: { readonly field: Field; readonly content: Content }) {
  const value = content[field];
  if (value === null || value === '') return null;
  return (
    <>
      <dt>{field === 'ranges' ? 'bytes' : field}</dt>
      <dd>
        {field === 'ranges' ? (
          <span className="mono">{rangesText(content)}</span>
        ) : field === 'note' ? (
          <NoteText note={content.note} />
        ) : (
          <Inert text={String(value)} prose />
        )}
      </dd>
    </>
  );
}
