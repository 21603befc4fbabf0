import { Button, FormGroup, HTMLSelect } from '@blueprintjs/core';
import { useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import type { Grant } from '../../../main/contract/grants.ts';
import type { CaseSummary, Output } from '../../../main/contract/requests/index.ts';
import { ask, asProblem, attempt, desktop, preferences } from '../../engine/index.ts';
import { number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { identityOf, lacks, type Signature, SigningFields } from './SigningFields.tsx';
import { OpenNote, ROLES, type Role } from './SignOffs.tsx';

type Exported = Output<'report.export'>;

interface ExportDialogProps {
  readonly summary: CaseSummary;
  /** What is open, in words; null when nothing blocks. */
  readonly open: string | null;
  readonly onClose: () => void;
}

/** Signs the newest replay and writes its report where a person chose: to where, what leaves, what it claims. */
export function ExportDialog({ summary, open, onClose }: ExportDialogProps) {
  const person = preferences.get()?.person ?? null;
  const [target, setTarget] = useState<Grant | null>(null);
  const [role, setRole] = useState<Role>(person?.role ?? 'auditor');
  const [signature, setSignature] = useState<Signature>({
    whose: 'own',
    key: null,
    identity: identityOf(summary.by),
    passphrase: '',
  });
  const [problem, setProblem] = useState<EngineProblem | null>(null);
  const [exported, setExported] = useState<Exported | null>(null);
  const [busy, setBusy] = useState(false);
  const missing = target ? lacks(signature) : 'Choose where the report goes.';
  const choose = async () => {
    const chosen = await attempt('No place was chosen', () =>
      desktop('choose.target', { name: `${fileName(summary.name)}.assay.tar` }),
    );
    if (chosen) setTarget(chosen);
  };
  const write = async () => {
    if (!target) return;
    setBusy(true);
    setProblem(null);
    const { key, passphrase, identity } = signature;
    const own = signature.whose === 'own' && key;
    try {
      setExported(
        await ask('report.export', {
          location: target.grant,
          role,
          ...(own && { key: key.grant.grant, identity, ...(passphrase !== '' && { passphrase }) }),
        }),
      );
      setSignature(old => ({ ...old, passphrase: '' }));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  if (exported) return <Done exported={exported} onClose={onClose} />;
  return (
    <Modal
      title="Sign and export report"
      onClose={onClose}
      closes={!busy}
      note={missing ?? 'Written, read back and verified.'}
      actions={
        <>
          <Button size="small" disabled={busy} onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="small"
            intent="primary"
            disabled={busy || missing !== null}
            onClick={() => void write()}
          >
            {busy ? 'Sealing' : open ? 'Sign as not proved' : 'Sign and export'}
          </Button>
        </>
      }
    >
      {problem && <ProblemPanel title="The report was not written" problem={problem} />}
      {open && <OpenNote open={open} />}
      <FormGroup label="To" helperText="A folder or a drive. An existing file is never overwritten.">
        <div className="chosen">
          <div className="chosen-path">
            {target ? <Inert text={target.label} cut /> : <span className="t3">Not chosen</span>}
          </div>
          <Button size="small" onClick={() => void choose()}>
            Choose a place
          </Button>
        </div>
      </FormGroup>
      <FormGroup label="Signs as" labelFor="export-role">
        <HTMLSelect
          id="export-role"
          value={role}
          onChange={event => setRole(event.currentTarget.value as Role)}
          options={[...ROLES]}
        />
      </FormGroup>
      <SigningFields value={signature} onChange={setSignature} />
      <p className="t2">
        What leaves this machine: the page, all evidence of the newest replay, the event log with the names,
        comments and reasons of people, statements for other tools, hashes and signatures. The bundle itself
        stays here; its index of names and hashes leaves.
      </p>
    </Modal>
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

/** A name for the file that every file system takes. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[^A-Za-z0-9]+|-+$/g, '');
  return plain.slice(0, 80) || 'report';
}
