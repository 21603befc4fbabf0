import { counted, number } from '../../../parts/format.ts';
import { Hash } from '../../../parts/Hash.tsx';
import { Inert } from '../../../parts/Inert.tsx';
import { Verdict } from '../../../parts/Verdict.tsx';
import { rangeText } from '../../../viewers/hex/index.ts';
import type { Look } from './ImportAnnotations.tsx';

/** How many ranges are named before the rest is counted. */
const NAMED = 3;

/** Where annotations come from, of which seed they speak, who signed them, and what this seed has that that one had not. */
export function MergeSourceFacts({ look: { source, signature, fresh } }: { readonly look: Look }) {
  return (
    <dl className="facts merge-source">
      <dt>From</dt>
      <dd>
        <Inert text={source.name} cut />
      </dd>
      <dt>Speaks of</dt>
      <dd>
        {source.same ? (
          'exactly this seed'
        ) : (
          <>
            another seed, <Inert text={source.seed.name} prose /> of {number(source.seed.size)} bytes,{' '}
            <Hash value={source.seed.sha256} />
          </>
        )}
      </dd>
      <dt>Signature</dt>
      <dd>
        {signature.state === 'none' && 'none: nothing shows who wrote them'}
        {signature.state === 'good' && (
          <Verdict name="done">
            good, by <span className="mono">{signature.fingerprint}</span>; whose key it is you have to know
          </Verdict>
        )}
        {signature.state === 'bad' && (
          <Verdict name="differs">
            bad: <Inert text={signature.problem ?? ''} prose />
          </Verdict>
        )}
      </dd>
      {!source.same && (
        <>
          <dt>New here</dt>
          <dd>{fresh === null ? 'not known: its bytes are not at hand' : freshWords(fresh)}</dd>
        </>
      )}
    </dl>
  );
}

function freshWords(fresh: NonNullable<Look['fresh']>): string {
  if (fresh.length === 0) return 'nothing: all of these bytes were in that seed';
  const bytes = fresh.reduce((sum, { length }) => sum + length, 0);
  const named = fresh.slice(0, NAMED).map(({ offset, length }) => rangeText(offset, offset + length));
  const rest = fresh.length > NAMED ? ` and ${counted(fresh.length - NAMED, 'other place')}` : '';
  return `${counted(bytes, 'byte')} that nobody reviewed there: ${named.join(', ')}${rest}`;
}
