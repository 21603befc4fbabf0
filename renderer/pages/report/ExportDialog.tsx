import { Button, FormGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { Grant } from '../../../main/contract/grants.ts';
import type { CaseSummary, Output } from '../../../main/contract/requests/index.ts';
import { ask, attempt, desktop, preferences } from '../../engine/index.ts';
import { ChosenPlace } from '../../parts/ChosenPlace.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { plainFileName } from '../../parts/file-name.ts';
import { number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { keyOf, lacks, SigningFields, unsigned } from '../../signing/SigningFields.tsx';
import { OpenNote, type Role, RoleField } from './SignOffs.tsx';

type Exported = Output<'report.export'>;

interface ExportDialogProps {
  readonly summary: CaseSummary;
  /** What is open, in words; null when nothing blocks. */
  readonly open: string | null;
  readonly onClose: () => void;
}

/** Signs the newest replay and writes its report where a person chose: to where, what leaves, what it claims. */
export function ExportDialog({ summary, open, onClose }: ExportDialogProps) {
  const [target, setTarget] = useState<Grant | null>(null);
  const [role, setRole] = useState<Role>(preferences.get()?.person?.role ?? 'auditor');
  const [signature, setSignature] = useState(() => unsigned(summary.by));
  const [exported, setExported] = useState<Exported | null>(null);
  const choose = async () => {
    const chosen = await attempt('No place was chosen', () =>
      desktop('choose.target', { name: `${plainFileName(summary.name, 'report')}.assay.tar` }),
    );
    if (chosen) setTarget(chosen);
  };
  const write = async () => {
    if (!target) return;
    setExported(await ask('report.export', { location: target.grant, role, ...keyOf(signature) }));
  };
  if (exported) return <Done exported={exported} onClose={onClose} />;
  return (
    <FormDialog
      title="Sign and export report"
      action={open ? 'Sign as not proved' : 'Sign and export'}
      working="Sealing"
      failed="The report was not written"
      missing={target ? lacks(signature) : 'Choose where the report goes.'}
      note="Written, read back and verified."
      onSubmit={write}
      onClose={onClose}
    >
      {open && <OpenNote open={open} />}
      <FormGroup label="To" helperText="A folder or a drive. An existing file is never overwritten.">
        <ChosenPlace chosen={target} action="Choose a place" onChoose={() => void choose()} />
      </FormGroup>
      <RoleField id="export-role" role={role} onChange={setRole} />
      <SigningFields value={signature} onChange={setSignature} />
      <p className="t2">
        What leaves this machine: the page, all evidence of the newest replay, the event log with the names,
        comments and reasons of people, statements for other tools, hashes and signatures. The bundle itself
        stays here; its index of names and hashes leaves.
      </p>
    </FormDialog>
  );
}

function Done({ exported, onClose }: { readonly exported: Exported; readonly onClose: () => void }) {
  const { path, sha256, size, verdict, demonstrationKey, readBack } = exported;
  return (
    <Modal
      title="Report exported"
      onClose={onClose}
      actions={
        <Button size="small" intent="primary" autoFocus onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="note">
        <Mark name={readBack ? 'done' : 'failed'} />
        <div>
          <p className="strong">
            {readBack
              ? 'Written, read back and verified.'
              : 'It was written, but what was read back does not verify.'}
          </p>
          <p className="t2">
            It says {verdict === 'reproduced' ? 'reproduced' : 'not reproduced'}
            {demonstrationKey ? ' and is signed with a demonstration key, which belongs to nobody.' : '.'}
          </p>
        </div>
      </div>
      <dl className="facts">
        <dt>File</dt>
        <dd className="wrap">
          <Inert text={path} />
        </dd>
        <dt>Size</dt>
        <dd>{number(size)} bytes</dd>
        <dt>sha256</dt>
        <dd className="wrap">
          <Hash value={sha256} digits={64} />
        </dd>
      </dl>
    </Modal>
  );
}
