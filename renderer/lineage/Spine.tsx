import { ChevronDownIcon, ChevronRightIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import type { CameToBe } from '../../main/contract/requests/index.ts';
import { useEngine } from '../engine/index.ts';
import { counted, number } from '../parts/format.ts';
import { asked } from '../replay/shown.ts';
import { type Leave, PathFile } from './PathFile.tsx';

interface SpineProps {
  readonly past: CameToBe;
  readonly replay: number | null;
  readonly leave: Leave;
  /** Whether what took part in each step can be opened. */
  readonly opens?: boolean;
}

/** So many programs of a way are drawn; the seed at its end always is. */
const SHOWN = 300;

/** The file, the program that made it, the program that made that, down to a seed. */
export function Spine({ past: { spine }, replay, leave, opens = true }: SpineProps) {
  const cut = spine.length > SHOWN + 1 ? spine.length - SHOWN - 1 : 0;
  const drawn = cut === 0 ? spine : [...spine.slice(0, SHOWN), ...spine.slice(-1)];
  return (
    <ol className="came-way">
      {drawn.map((file, i) => (
        <li key={`${file.path} ${file.step}`}>
          {cut > 0 && i === SHOWN && <p className="t2">{counted(cut, 'program')} more between</p>}
          <SpineFile file={file} replay={replay} leave={leave} opens={opens} />
        </li>
      ))}
    </ol>
  );
}

interface SpineFileProps extends Omit<SpineProps, 'past'> {
  readonly file: CameToBe['spine'][number];
}

function SpineFile({ file, replay, leave, opens }: SpineFileProps) {
  const [open, setOpen] = useState(false);
  const { step, from } = file;
  const can = opens && step !== null && from > 0;
  return (
    <>
      <div className="came-file">
        <PathFile file={file} leave={leave}>
          {can && (
            <button
              type="button"
              className="as-link nowrap"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
              from {counted(from, 'file')}
            </button>
          )}
        </PathFile>
      </div>
      {open && can && <TookPart step={step} replay={replay} leave={leave} />}
    </>
  );
}

interface TookPartProps {
  readonly step: number;
  readonly replay: number | null;
  readonly leave: Leave;
}

/** What took part in one step: the programs that ran first. */
function TookPart({ step, replay, leave }: TookPartProps) {
  const { value } = useEngine('chain.took-part', { step, ...asked(replay) });
  if (!value) return null;
  const { files, total } = value;
  return (
    <ul className="came-part">
      {files.map(file => (
        <li key={`${file.role} ${file.path}`} className="came-file">
          <PathFile file={file} leave={leave}>
            <span className="t3 nowrap">{file.role === 'program' ? 'ran' : 'read'}</span>
          </PathFile>
        </li>
      ))}
      {total > files.length && <li className="t2">and {number(total - files.length)} more</li>}
    </ul>
  );
}
