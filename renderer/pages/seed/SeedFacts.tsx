import type { CoverageRow, Output } from '../../../main/contract/requests/index.ts';
import { CoveragePart } from './CoveragePart.tsx';
import { IdentityPart, ProofPart } from './ProofPart.tsx';
import { TemplatesPart } from './TemplatesPart.tsx';

interface SeedFactsProps {
  readonly seed: Output<'seed.list'>[number];
  readonly coverage: CoverageRow | undefined;
  readonly onShow: (start: number, end: number) => void;
}

/** What is known of a seed: coverage, the proof by its source, what the kit says of its ranges, its identity. */
export function SeedFacts({ seed, coverage, onShow }: SeedFactsProps) {
  return (
    <div className="pane-body">
      {coverage && <CoveragePart coverage={coverage} onShow={onShow} />}
      <ProofPart seed={seed} />
      <IdentityPart seed={seed} />
      <TemplatesPart seed={seed.seed.sha256} onShow={onShow} />
    </div>
  );
}
