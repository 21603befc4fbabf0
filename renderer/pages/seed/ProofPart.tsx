import type { Output } from '../../../main/contract/requests/index.ts';
import { go } from '../../location.ts';
import { number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Verdict } from '../../parts/Verdict.tsx';

type SeedRow = Output<'seed.list'>[number];

/** Whether the seed's source gives exactly its bytes. */
export function ProofPart({ seed: { seed, source, name, matches } }: { readonly seed: SeedRow }) {
  if (!source) {
    return (
      <div className="pane-part">
        <p className="strong">No source</p>
        <p className="t2">
          {matches === null
            ? 'No commented source was chosen with '
            : 'The kit names no commented source for '}
          <Inert text={name} prose />.
        </p>
      </div>
    );
  }
  return (
    <div className="pane-part seed-proof">
      <span className={source.assembles ? 'mark-reproduced' : 'mark-differs'}>
        <Mark name={source.assembles ? 'reproduced' : 'differs'} />
      </span>
      <div>
        <p className={source.assembles ? 'strong mark-reproduced' : 'strong mark-differs'}>
          {source.assembles ? 'Source gives these bytes' : 'Source gives other bytes'}
        </p>
        <p className="t2">
          {matches === null ? (
            <Inert text={source.path} />
          ) : (
            <button type="button" className="as-link" onClick={() => go('bundle', { path: source.path })}>
              <Inert text={source.path} />
            </button>
          )}
          {source.assembles && ` assembles to ${number(seed.size)} of ${number(seed.size)} bytes equal`}
        </p>
      </div>
    </div>
  );
}

/** What the seed is: its hash, where it lies, whether it is the kit's. */
export function IdentityPart({ seed }: { readonly seed: SeedRow }) {
  return (
    <section>
      <header className="panehead">
        <h2>Identity</h2>
      </header>
      <div className="pane-part">
        <dl className="facts">
          <dt>Kit</dt>
          <dd>
            <AgainstKit matches={seed.matches} />
          </dd>
          <dt>sha256</dt>
          <dd>
            <Hash value={seed.seed.sha256} digits={24} />
          </dd>
          <dt>Path</dt>
          <dd>
            <Inert text={seed.path} />
          </dd>
        </dl>
      </div>
    </section>
  );
}

function AgainstKit({ matches }: { readonly matches: boolean | null }) {
  if (matches === null) return <span className="t2">none; nobody says what it should be</span>;
  return matches ? (
    <Verdict name="done">the kit’s own</Verdict>
  ) : (
    <Verdict name="differs">not the kit’s</Verdict>
  );
}
