import type { Output } from '../../../main/contract/requests/index.ts';
import { go } from '../../location.ts';
import { Inert } from '../../parts/Inert.tsx';

/** The line of the build description that a step comes from, as a way to it. */
export function OriginLink({ origin }: { readonly origin: Output<'chain.step'>['row']['origin'] }) {
  const { file, line } = origin;
  return (
    <button type="button" className="as-link" onClick={() => go('bundle', { path: file, line })}>
      <Inert text={`${file}:${line}`} />
    </button>
  );
}
