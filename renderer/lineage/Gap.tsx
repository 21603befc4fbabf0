import type { CameToBe } from '../../main/contract/requests/index.ts';
import { counted, number } from '../parts/format.ts';
import { Inert } from '../parts/Inert.tsx';
import { Verdict } from '../parts/Verdict.tsx';
import type { Leave } from './PathFile.tsx';

/** How much of what a file came from somebody looked at: sources and the bytes of seeds, both as plainly as what is left. */
export function Gap({ past, leave }: { readonly past: CameToBe; readonly leave: Leave }) {
  const { sources, seeds, strangers } = past;
  const left = sources.files - sources.reviewed;
  return (
    <dl className="facts came-gap">
      <dt>Sources</dt>
      <dd>
        <strong>
          {counted(sources.files, 'source')} on this path, {number(left)} not reviewed
        </strong>
        <span className="t2">, {number(sources.byTwo)} reviewed by two</span>
      </dd>
      {seeds.map(({ name, path, bytes, explained, byTwo }) => (
        <SeedLine key={path} {...{ name, path, bytes, explained, byTwo, leave }} />
      ))}
      {strangers.length > 0 && (
        <>
          <dt>Strangers</dt>
          <dd>
            <Verdict name="concern">
              {counted(strangers.length, 'program')} ran as it came with the bundle
            </Verdict>
            {strangers.slice(0, 20).map(path => (
              <div key={path}>
                <button type="button" className="as-link" onClick={() => leave('bundle', { path })}>
                  <Inert text={path} />
                </button>
              </div>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

type SeedLineProps = Pick<CameToBe['seeds'][number], 'name' | 'path' | 'bytes' | 'explained' | 'byTwo'> & {
  readonly leave: Leave;
};

function SeedLine({ name, bytes, explained, byTwo, leave }: SeedLineProps) {
  return (
    <>
      <dt>Seed</dt>
      <dd>
        <button type="button" className="as-link" onClick={() => leave('seed', { seed: name })}>
          <Inert text={name} />
        </button>{' '}
        <strong>
          {number(explained)} of {counted(bytes, 'byte')} explained
        </strong>
        <span className="t2">, {number(byTwo)} by two</span>
      </dd>
    </>
  );
}
