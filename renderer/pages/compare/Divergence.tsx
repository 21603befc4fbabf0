import type { CompareDocument } from '../../../main/contract/documents.ts';
import { go } from '../../location.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { agreementWords, isOdd, referenceOf } from './compared.ts';

interface DivergenceProps {
  readonly document: CompareDocument;
  readonly onShow: (path: string) => void;
}

/** The first artifact in the order of the chain that does not agree, with whom, and what that means. */
export function Divergence({ document, onShow }: DivergenceProps) {
  const { firstDivergence } = document;
  if (!firstDivergence) return <Agreed document={document} onShow={onShow} />;
  const { path, step, says } = firstDivergence;
  return (
    <div className="compare-pin">
      <span className="mark-differs">
        <Mark name="differs" />
      </span>
      <span className="strong cut">
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

/** All have the same: as was published, or another file than was published, which agreement does not make good. */
function Agreed({ document, onShow }: DivergenceProps) {
  const odd = document.artifacts.filter(isOdd);
  const runs = document.reports.some(report => report.running);
  const [first] = odd;
  if (!first) {
    return (
      <div className="compare-pin">
        <span className="mark-reproduced">
          <Mark name="reproduced" />
        </span>
        <span className="strong nowrap">
          Every account has the same hash for every artifact{runs ? ' that it has so far' : ''}.
        </span>
        <span className="t2 cut">{runs ? 'One still runs.' : agreementWords(document)}</span>
      </div>
    );
  }
  return (
    <div className="compare-pin">
      <span className="mark-differs">
        <Mark name="differs" />
      </span>
      <span className="strong nowrap">All accounts agree, but not with what was published.</span>
      <span className="t2 cut grow">
        {counted(odd.length, 'artifact')} {odd.length === 1 ? 'has' : 'have'} another hash, the first{' '}
        <Inert text={first.path} />.
      </span>
      <button type="button" className="as-link" onClick={() => onShow(first.path)}>
        Show
      </button>
    </div>
  );
}

/** Names that are told; more are counted. */
const NAMED = 2;

/** Who has another file there than the one that the others are measured by. */
function whoDiffers({ reports, artifacts, firstDivergence }: CompareDocument): string {
  const row = artifacts.find(each => each.path === firstDivergence?.path);
  if (!row) return '';
  const first = referenceOf(row);
  const others = reports
    .filter(({ running }, i) => row.hashes[i] !== first && !(running && row.hashes[i] === null))
    .map(report => report.name);
  return others.length > NAMED ? `${others.length} of ${reports.length}` : others.join(' and ');
}
