import { Button, Checkbox, FormGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { Grant } from '../../../../main/contract/grants.ts';
import type { Output } from '../../../../main/contract/requests/index.ts';
import { ask, attempt, desktop } from '../../../engine/index.ts';
import { ChosenPlace } from '../../../parts/ChosenPlace.tsx';
import { FormDialog } from '../../../parts/FormDialog.tsx';
import { plainFileName } from '../../../parts/file-name.ts';
import { number } from '../../../parts/format.ts';
import { Hash } from '../../../parts/Hash.tsx';
import { Inert } from '../../../parts/Inert.tsx';
import { Modal } from '../../../parts/Modal.tsx';
import { keyOf, lacks, SigningFields, unsigned } from '../../../signing/SigningFields.tsx';

interface ExportAnnotationsProps {
  readonly seed: { readonly name: string; readonly sha256: string };
  readonly by: string;
  readonly onClose: () => void;
}

type Exported = Output<'seed.export'>;

/** Writes the annotations of a seed into a file that another case can take over; with a key, a signature beside it. */
export function ExportAnnotations({ seed, by, onClose }: ExportAnnotationsProps) {
  const [target, setTarget] = useState<Grant | null>(null);
  const [signs, setSigns] = useState(false);
  const [signature, setSignature] = useState(() => unsigned(by));
  const [exported, setExported] = useState<Exported | null>(null);
  const choose = async () => {
    const name = `${plainFileName(seed.name, 'seed')}.annotations.json`;
    const chosen = await attempt('No place was chosen', () => desktop('choose.target', { name }));
    if (chosen) setTarget(chosen);
  };
  const write = async () => {
    if (!target) return;
    const key = signs ? keyOf(signature) : null;
    setExported(
      await ask('seed.export', {
        seed: seed.sha256,
        location: target.grant,
        ...(key && { key: key.key, ...('passphrase' in key && { passphrase: key.passphrase }) }),
      }),
    );
  };
  if (exported) return <Done exported={exported} onClose={onClose} />;
  return (
    <FormDialog
      title="Export annotations"
      action={signs ? 'Sign and write' : 'Write'}
      failed="The annotations were not written"
      missing={target ? (signs ? lacks(signature) : null) : 'Choose where the file goes.'}
      note="A plain JSON file, with its signature beside it."
      onSubmit={write}
      onClose={onClose}
    >
      <FormGroup label="To">
        <ChosenPlace chosen={target} action="Choose a place" onChoose={() => void choose()} />
      </FormGroup>
      <p className="t2">
        What leaves this machine: every annotation of the seed with the names of who wrote it, and the bytes
        that they speak of.
      </p>
      <Checkbox label="Sign it" checked={signs} onChange={event => setSigns(event.currentTarget.checked)} />
      {signs && <SigningFields ownOnly value={signature} onChange={setSignature} />}
    </FormDialog>
  );
}

function Done({ exported, onClose }: { readonly exported: Exported; readonly onClose: () => void }) {
  return (
    <Modal
      title="Annotations exported"
      onClose={onClose}
      actions={
        <Button size="small" intent="primary" autoFocus onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl className="facts">
        <dt>File</dt>
        <dd className="wrap">
          <Inert text={exported.path} />
        </dd>
        <dt>Size</dt>
        <dd>{number(exported.size)} bytes</dd>
        <dt>sha256</dt>
        <dd className="wrap">
          <Hash value={exported.sha256} digits={64} />
        </dd>
        <dt>Signature</dt>
        <dd className="wrap">{exported.signature ? <Inert text={exported.signature} /> : 'none'}</dd>
        {exported.fingerprint && (
          <>
            <dt>Key</dt>
            <dd className="wrap mono">{exported.fingerprint}</dd>
          </>
        )}
      </dl>
    </Modal>
  );
}
