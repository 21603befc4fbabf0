import { useMemo } from 'react';
import type { StructureNodeRow } from '../../../main/contract/requests/index.ts';
import { useCommands } from '../../commands/index.ts';
import { useEngine } from '../../engine/index.ts';
import { number } from '../../parts/format.ts';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import type { ByteRange } from '../../viewers/hex/index.ts';
import {
  type CodeName,
  countsText,
  StructureFacts,
  StructureModel,
  type StructureSelection,
  StructureTree,
  useStructureSelection,
} from '../../viewers/structure/index.ts';

interface StructurePaneProps {
  /** sha256 of the seed. */
  readonly seed: string;
  /** The selected bytes. */
  readonly range: ByteRange;
  readonly onSelect: (start: number, end: number) => void;
  /** Begins an annotation of these bytes with this label. */
  readonly onAnnotate: (range: ByteRange, label: string) => void;
}

/** The parts that the seed's own format names, over the one selection of the page. */
export function StructurePane({ seed, range, onSelect, onAnnotate }: StructurePaneProps) {
  const { value: structure, problem } = useEngine('seed.structure', { seed }, { once: true });
  const { value: code } = useEngine('seed.code', { seed, offset: 0 });
  // An answer comes again whenever the log has grown; the tree is another only when the names are.
  const names = JSON.stringify(code?.labels ?? []);
  const model = useMemo(
    () => new StructureModel(structure?.nodes ?? [], JSON.parse(names) as CodeName[]),
    [structure, names],
  );
  const selection = useStructureSelection(model, range, onSelect);
  const { selected } = selection;
  const node = selected && selected.node.length > 0 ? selected.node : null;
  const annotate = useMemo(
    () => node && (() => onAnnotate(rangeOf(node), labelOf(node))),
    [node, onAnnotate],
  );
  useStructureCommands(model, selection, annotate);
  if (problem) return <ProblemPanel title="The structure cannot be read" problem={problem} />;
  return (
    <div className="structure">
      <header className="panehead">
        <h2>Structure</h2>
        <span className="t2 cut">{countsText(model.counts())}</span>
      </header>
      <StructureTree model={model} selection={selection} />
      {(structure?.leftOut ?? 0) > 0 && (
        <p className="structure-note t2">{number(structure?.leftOut ?? 0)} more parts are left out.</p>
      )}
      {selected && <StructureFacts node={selected.node} onAnnotate={annotate} />}
    </div>
  );
}

function useStructureCommands(
  model: StructureModel,
  { selected, chooseNextNotice }: StructureSelection,
  annotate: (() => void) | null,
): void {
  useCommands(
    () => [
      {
        id: 'seed.annotate-field',
        title: 'Annotate this field',
        group: 'On this page',
        keys: 'F',
        enabled: annotate !== null,
        run: () => annotate?.(),
      },
      {
        id: 'seed.next-notice',
        title: 'Next part that something is said of',
        group: 'On this page',
        keys: 'Shift N',
        run: chooseNextNotice,
      },
    ],
    [model, selected, annotate],
  );
}

function rangeOf({ offset, length }: StructureNodeRow): ByteRange {
  return { start: offset, end: offset + length };
}

/** `e_entry = 0x400078`, as an annotation's label may be long. */
function labelOf({ label, value }: StructureNodeRow): string {
  return (value === null ? label : `${label} = ${value}`).slice(0, 200);
}
