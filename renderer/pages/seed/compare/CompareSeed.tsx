import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { Output } from '../../../../main/contract/requests/index.ts';
import { attempt, desktop, useEngine } from '../../../engine/index.ts';
import { bytes } from '../../../parts/format.ts';
import { Hash } from '../../../parts/Hash.tsx';
import { Inert } from '../../../parts/Inert.tsx';
import { Modal } from '../../../parts/Modal.tsx';
import { type Column, DataTable } from '../../../viewers/table/index.ts';
import { type Candidate, type Compared, candidatesOf, sidesOf } from './candidates.ts';

type SeedRow = Output<'seed.list'>[number];

const COLUMNS: readonly Column<Candidate>[] = [
  {
    id: 'what',
    title: 'Compare with',
    least: 200,
    text: row => row.name,
    render: row => (
      <div className="two-lines">
        <Inert text={row.name} prose cut />
        <span className="t3 cut">{row.what}</span>
      </div>
    ),
  },
  {
    id: 'size',
    title: 'Size',
    width: 80,
    num: true,
    text: row => String(row.size ?? ''),
    order: row => row.size ?? 0,
    render: row => (row.size === null ? <span className="t3">not here</span> : bytes(row.size)),
  },
  {
    id: 'sha256',
    title: 'sha256',
    width: 120,
    text: row => row.sha256,
    render: row => <Hash value={row.sha256} />,
  },
];

interface CompareSeedProps {
  readonly seed: SeedRow;
  readonly seeds: readonly SeedRow[];
  readonly onCompare: (compared: Compared) => void;
  readonly onClose: () => void;
}

/** Asks what a seed is compared with: another seed, what the chain rebuilt, what the kit names, the seed that a file of annotations was made for, or any file. */
export function CompareSeed({ seed, seeds, onCompare, onClose }: CompareSeedProps) {
  const { value: artifacts } = useEngine('chain.artifacts', {});
  const { value: imports } = useEngine('seed.imports', { seed: seed.seed.sha256 });
  const candidates = candidatesOf(seed, seeds, artifacts ?? [], imports ?? []);
  const [selected, setSelected] = useState<string | null>(null);
  const chosen = candidates.find(each => each.key === selected) ?? candidates[0];
  const compare = (other: Candidate) => {
    onCompare({ sides: sidesOf(seed.seed.sha256, other), name: other.name });
    onClose();
  };
  const choose = async () => {
    const file = await attempt('No file was chosen', () => desktop('choose.compared', {}));
    if (!file) return;
    onCompare({ sides: { a: seed.seed.sha256, fileB: file.grant }, name: file.label });
    onClose();
  };
  const chooseAnnotations = async () => {
    const file = await attempt('No file was chosen', () => desktop('choose.annotations', {}));
    if (!file) return;
    const sides = { a: seed.seed.sha256, fileB: file.grant, seedInB: true };
    onCompare({ sides, name: `the seed of ${file.label}` });
    onClose();
  };
  return (
    <Modal
      title="Compare seed"
      width={640}
      onClose={onClose}
      note="Both are only read."
      actions={
        <>
          <Button size="small" onClick={onClose}>
            Cancel
          </Button>
          <Button size="small" onClick={() => void chooseAnnotations()}>
            Choose annotations
          </Button>
          <Button size="small" onClick={() => void choose()}>
            Choose a file
          </Button>
          <Button size="small" intent="primary" disabled={!chosen} onClick={() => chosen && compare(chosen)}>
            Compare
          </Button>
        </>
      }
    >
      <div className="seed-candidates">
        <DataTable
          label="What to compare with"
          columns={COLUMNS}
          rows={candidates}
          keyOf={row => row.key}
          selected={chosen?.key ?? null}
          onSelect={row => setSelected(row.key)}
          onOpen={compare}
          rowHeight={40}
          empty="This case has nothing that is like this seed. Choose a file."
        />
      </div>
    </Modal>
  );
}
