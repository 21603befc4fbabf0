import type { Output } from '../../../main/contract/requests/index.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';

/** Notes that are listed; more say nothing new. */
const SHOWN = 500;

/** What the reader noticed in the build description. */
export function PlanNotes({ notes }: { readonly notes: NonNullable<Output<'chain.plan'>>['notes'] }) {
  if (notes.length === 0) return null;
  return (
    <details className="chain-notes">
      <summary>{counted(notes.length, 'note')} on the build description</summary>
      <ul className="chain-list">
        {notes.slice(0, SHOWN).map(note => (
          <li key={`${note.code} ${note.origin.file}:${note.origin.line} ${note.message}`}>
            <span className="mono nowrap">
              <Inert text={`${note.origin.file}:${note.origin.line}`} />
            </span>
            <span className="grow">
              <Inert text={note.message} prose />
            </span>
            <span className="t3 mono nowrap">{note.code}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
