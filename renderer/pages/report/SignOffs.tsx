import { Button, FormGroup, HTMLSelect } from '@blueprintjs/core';
import { useState } from 'react';
import type { CaseSummary } from '../../../main/contract/requests/index.ts';
import { ask, preferences, useEngine } from '../../engine/index.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { full } from '../../parts/time.ts';
import { keyOf, lacks, SigningFields, unsigned } from '../../signing/SigningFields.tsx';

export type Role = 'auditor' | 'reviewer' | 'compliance';
const ROLES: readonly Role[] = ['auditor', 'reviewer', 'compliance'];

interface SignOffsProps {
  readonly summary: CaseSummary;
  /** What is open, in words; null when nothing blocks. */
  readonly open: string | null;
}

/** Who signed the case as it stands, by role, and whose signature does not hold any more. */
export function SignOffs({ summary, open }: SignOffsProps) {
  const { value } = useEngine('report.signers', {});
  const [signing, setSigning] = useState<Role | null>(null);
  const replayed = summary.replay !== null && summary.replay.outcome !== 'unfinished';
  return (
    <section aria-label="Sign-off">
      <header className="panehead">
        <h2>Sign-off</h2>
        <span className="t2 cut">the log as it stands, each with a key of their own</span>
      </header>
      <ul className="checklist">
        {ROLES.map(role => {
          const signed = value?.signers.filter(each => each.role === role) ?? [];
          return (
            <li key={role}>
              <Mark name={signed.length > 0 ? 'done' : 'notrun'} />
              <div className="grow">
                <div className="strong">{role}</div>
                {signed.length === 0 && <div className="t3">not signed</div>}
                {signed.map(each => (
                  <div key={each.event} className="t2">
                    <Inert text={each.identity} prose />, {full(each.at)}
                    {each.as === 'not-proved' && `, as not proved, ${each.open} open`}
                    {each.demonstration && ', a demonstration key'}
                    <div>
                      <Hash value={each.fingerprint} digits={24} />
                    </div>
                  </div>
                ))}
              </div>
              <Button
                size="small"
                disabled={!replayed}
                onClick={() => setSigning(role)}
                aria-label={`Sign as ${role}`}
              >
                Sign
              </Button>
            </li>
          );
        })}
      </ul>
      {value && value.lapsed.length > 0 && (
        <div className="pane-part">
          <p className="t2">
            {value.lapsed.map(each => (
              <span key={each.event}>
                The sign-off of <Inert text={each.identity} prose />, {each.role}, event {each.event},{' '}
                {LAPSED[each.state]}.{' '}
              </span>
            ))}
          </p>
        </div>
      )}
      {signing && (
        <SignDialog role={signing} summary={summary} open={open} onClose={() => setSigning(null)} />
      )}
    </section>
  );
}

const LAPSED = {
  void: 'is void: evidence was added after it',
  renewed: 'was renewed by the same key',
  trial: 'was a trial; people have signed since',
} as const;

interface SignDialogProps extends SignOffsProps {
  readonly role: Role;
  readonly onClose: () => void;
}

function SignDialog({ role: wanted, summary, open, onClose }: SignDialogProps) {
  const [role, setRole] = useState(wanted);
  const [signature, setSignature] = useState(() => unsigned(preferences.get()?.person?.name ?? summary.by));
  const sign = async () => {
    const key = keyOf(signature);
    if (!key) return;
    await ask('report.sign', { ...key, role, notProved: open !== null });
    onClose();
  };
  return (
    <FormDialog
      title="Sign the case"
      action={open === null ? 'Sign' : 'Sign as not proved'}
      failed="The case was not signed"
      missing={lacks(signature)}
      note="What is added to the case later makes this signature void, and the report says so."
      onSubmit={sign}
      onClose={onClose}
    >
      {open !== null && <OpenNote open={open} />}
      <RoleField id="sign-role" role={role} onChange={setRole} />
      <SigningFields value={signature} onChange={setSignature} ownOnly />
    </FormDialog>
  );
}

interface RoleFieldProps {
  readonly id: string;
  readonly role: Role;
  readonly onChange: (role: Role) => void;
}

/** In which role somebody signs. */
export function RoleField({ id, role, onChange }: RoleFieldProps) {
  return (
    <FormGroup label="Signs as" labelFor={id}>
      <HTMLSelect
        id={id}
        value={role}
        onChange={event => onChange(event.currentTarget.value as Role)}
        options={[...ROLES]}
      />
    </FormGroup>
  );
}

/** What is open, before somebody signs all the same. */
export function OpenNote({ open }: { readonly open: string }) {
  return (
    <div className="note">
      <Mark name="blocks" />
      <div>
        <p className="strong">The report says what is open.</p>
        <p className="t2">{open}</p>
      </div>
    </div>
  );
}
