import { useMemo } from 'react';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { asProblem, useEngine } from '../../engine/index.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import {
  countsText,
  StructureFacts,
  StructureModel,
  StructureTree,
  useStructureSelection,
} from '../../viewers/structure/index.ts';

interface FileStructureProps {
  readonly row: BundleRow;
  /** The selected bytes. */
  readonly range: ByteRange;
  readonly onSelect: (start: number, end: number) => void;
}

/** More bytes than the engine reads for a structure. */
const LIMIT = 128 << 20;

/** The parts of a program of the bundle, below its bytes; nothing for a file whose format is not known. */
export function FileStructure({ row, range, onSelect }: FileStructureProps) {
  const binary = (row.kind === 'elf' || row.kind === 'binary') && row.size <= LIMIT;
  const { value, problem } = useEngine('bundle.structure', binary ? { path: row.path } : null);
  const come = value !== undefined;
  // The answer comes again with every event; the tree is another only when the bytes are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  const model = useMemo(() => new StructureModel(value?.nodes ?? []), [row.sha256, come]);
  const selection = useStructureSelection(model, range, onSelect);
  const { selected } = selection;
  if (problem) {
    return <p className="bundle-note t2">The structure cannot be read: {asProblem(problem).message}</p>;
  }
  if (!value || value.format === 'flat') return null;
  return (
    <section className="file-structure" aria-label="Structure">
      <header className="panehead">
        <h2>Structure</h2>
        <span className="t2 cut">{countsText(model.counts())}</span>
      </header>
      <div className="file-structure-parts">
        <StructureTree model={model} selection={selection} />
        {selected && <StructureFacts node={selected.node} onAnnotate={null} />}
      </div>
    </section>
  );
}
