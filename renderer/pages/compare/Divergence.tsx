import type { CompareDocument } from '../../../main/contract/documents.ts';
import { go } from '../../location.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { agreementWords, mostHave } from './compared.ts';

interface DivergenceProps {
  readonly document: CompareDocument;
  readonly onShow: (path: string) => void;
}

/** The first artifact in the order of the chain that does not agree, with whom, and what that means. */
export function Divergence({ document, onShow }: DivergenceProps) {
  const { firstDivergence } = document;
  if (!firstDivergence) {
    return (
      <div className="compare-pin">
        <span className="mark-reproduced">
          <Mark name="reproduced" />
        </span>
        <span className="strong">Every account has the same hash for every artifact.</span>
        <span className="t2 cut">{agreementWords(document)}</span>
      </div>
    );
  }
  const { path, step, says } = firstDivergence;
  return (
    <div className="compare-pin">
      <span className="mark-differs">
        <Mark name="differs" />
      </span>
      <span className="strong nowrap">
        First divergence: {step === null ? '' : `step ${step}, `}
        <Inert text={path} />, <Inert text={whoDiffers(document)} prose />
      </span>
      <span className="t2 cut grow" title={says}>
        {says}.
      </span>
      <button type="button" className="as-link" onClick={() => onShow(path)}>
        Show
      </button>
      <button type="button" className="as-link" onClick={() => go('chain', { path })}>
        How it came to be
      </button>
    </div>
  );
}

/** Names that are told; more are counted. */
const NAMED = 2;

/** Who does not have what most have there. */
function whoDiffers({ reports, artifacts, firstDivergence }: CompareDocument): string {
  const row = artifacts.find(each => each.path === firstDivergence?.path);
  if (!row) return '';
  const most = mostHave(row);
  const others = reports.filter((_, i) => row.hashes[i] !== most).map(report => report.name);
  return others.length > NAMED ? `${others.length} of ${reports.length}` : others.join(' and ');
}
