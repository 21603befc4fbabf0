import { Button } from '@blueprintjs/core';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { full } from '../../parts/time.ts';
import { ImportButtons } from './NoBundle.tsx';

/** The bundles that the case has had: going back to one, or importing another. */
export function Bundles({ kit, onClose }: { readonly kit: string | null; readonly onClose: () => void }) {
  const { value: imports } = useEngine('bundle.imports', {});
  const goBack = (sha256: string) =>
    void attempt('The bundle was not taken up again', () => ask('bundle.use-again', { sha256 }));
  return (
    <Modal
      title="Bundles of this case"
      onClose={onClose}
      width={820}
      note="What was replayed before the bundle changed no longer counts for the verdict; it can be looked at and compared."
      actions={
        <Button size="small" intent="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <table className="table">
        <thead>
          <tr>
            <th>Bundle</th>
            <th>sha256</th>
            <th className="num">Files</th>
            <th>Imported</th>
            <th>Use</th>
          </tr>
        </thead>
        <tbody>
          {(imports ?? []).map(({ event, name, bundle, files, at, by, inUse }) => (
            <tr key={event}>
              <td>
                <Inert text={name} />
              </td>
              <td>
                <Hash value={bundle.sha256} />
              </td>
              <td className="num">{counted(files, 'file')}</td>
              <td>
                {full(at)}, <Inert text={by} prose />
              </td>
              <td>
                {inUse ? (
                  'in use'
                ) : (
                  <Button size="small" onClick={() => goBack(bundle.sha256)}>
                    Use this one again
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="t2">Another bundle may be imported; this one stays in the case.</p>
      <ImportButtons kit={kit} others />
    </Modal>
  );
}
