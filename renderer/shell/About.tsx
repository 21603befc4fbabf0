import { EndorsedIcon } from '@blueprintjs/icons';
import { Fragment } from 'react';
import { appInfo, useStore } from '../engine/index.ts';
import { Mark } from '../parts/Mark.tsx';
import { Modal } from '../parts/Modal.tsx';

/** What this is, in which versions, and whether it is a release. */
export function About({ onClose }: { readonly onClose: () => void }) {
  const info = useStore(appInfo);
  if (!info) return null;
  const rows = [
    ['Assay', info.assay],
    ['Electron', info.electron],
    ['Chromium', info.chromium],
    ['Node of the window', info.node],
    ['Node of the engine', info.engineNode ?? 'not running'],
    ['Platform', info.platform],
    ['Form', info.packaged ? 'packaged' : 'from a source tree'],
  ] as const;
  return (
    <Modal title="About Assay" onClose={onClose} width={480}>
      <div className="about">
        <EndorsedIcon size={32} />
        <p>
          <strong>Assay {info.assay}</strong>
          <br />
          <span className="t2">Offline workstation for auditing how software is bootstrapped</span>
        </p>
      </div>
      {info.development.length > 0 && (
        <div className="note">
          <Mark name="blocks" />
          <div>
            <strong>This is a development build.</strong>
            {info.development.map(reason => (
              <p key={reason} className="t2">
                {reason}
              </p>
            ))}
          </div>
        </div>
      )}
      <dl className="facts">
        {rows.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </Fragment>
        ))}
        <dt>Licence</dt>
        <dd>GPL-3.0-or-later</dd>
      </dl>
    </Modal>
  );
}
