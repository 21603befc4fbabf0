import type { CompareDocument } from '../../../main/contract/documents.ts';
import { go } from '../../location.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';

interface DivergenceProps {
  readonly document: CompareDocument;
  readonly onShow: (path: string) => void;
}

/** The first artifact in the order of the chain that does not agree, and what that means. */
export function Divergence({ document, onShow }: DivergenceProps) {
  const { firstDivergence, artifacts } = document;
  if (!firstDivergence) {
    return (
      <div className="compare-pin">
        <span className="mark-reproduced">
          <Mark name="reproduced" />
        </span>
        <span className="strong">Every account has the same hash for every artifact.</span>
        <span className="t2 cut">They were made apart; none of them had to trust another.</span>
      </div>
    );
  }
  const { path, step } = firstDivergence;
  const at = artifacts.findIndex(row => row.path === path);
  const later = artifacts.slice(at + 1).filter(row => row.state !== 'agrees').length;
  return (
    <div className="compare-pin">
      <span className="mark-differs">
        <Mark name="differs" />
      </span>
      <span className="strong nowrap">
        First divergence: {step === null ? '' : `step ${step}, `}
        <Inert text={path} />
      </span>
      <span className="t2 cut grow">
        {later === 0
          ? 'Later artifacts agree, so the difference is not carried on.'
          : `${counted(later, 'later artifact')} differ too; that may only follow from this one.`}
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
