import { Button } from '@blueprintjs/core';
import type { Grant } from '../../main/contract/grants.ts';
import type { Output } from '../../main/contract/requests/index.ts';
import { attempt, desktop } from '../engine/index.ts';
import { counted, duration, number } from '../parts/format.ts';
import { Hash } from '../parts/Hash.tsx';
import { Inert } from '../parts/Inert.tsx';
import { Mark, type MarkName } from '../parts/Mark.tsx';

type Checked = Output<'report.verify'>;
type Signature = Checked['verification']['signatures'][number];

interface VerificationViewProps {
  readonly checked: Checked;
  readonly seconds: number;
  /** The reader's own list of signers. */
  readonly signers: Grant | null;
  readonly onSigners: (signers: Grant) => void;
}

/** What was checked on this machine, and, as plainly, what is left to the reader. */
export function VerificationView({ checked, seconds, signers, onSigners }: VerificationViewProps) {
  const { verification, name, sha256, size } = checked;
  const { parts, problems, signatures, valid } = verification;
  const passed = parts.filter(part => part.state === 'passed').length;
  return (
    <div className="pane-body">
      <section className="reading-verdict">
        <Mark name={valid ? 'done' : 'failed'} size={20} />
        <div>
          <h2 className="verdict-sentence">{sentence(checked)}</h2>
          <p className="t2">
            {valid
              ? 'That says who stands behind it and that nothing was changed since. What it says is at the right.'
              : 'At least one part is not what was sealed, or does not follow from the evidence inside.'}
          </p>
        </div>
      </section>
      <header className="panehead">
        <h2>Checked on this machine</h2>
        <span className="t2 grow">
          {number(passed)} of {number(parts.length)} good, 3 left to you
        </span>
        <span className="t3">{duration(seconds)}</span>
      </header>
      <ul className="reading-parts">
        {parts.map(part => (
          <Part key={part.id} mark={PART_MARKS[part.state]} title={part.title} detail={part.detail} />
        ))}
        {signatures.map(signature => (
          <Part
            key={signature.fingerprint + signature.role}
            mark={signature.valid ? 'done' : 'failed'}
            title={`Signature, ${signature.identity}, ${signature.role}`}
            detail={signatureWords(signature)}
          />
        ))}
        <Part
          mark={signers && signatures.some(each => each.trusted) ? 'done' : 'blocks'}
          title="Keys belong to these people"
          detail={
            signers
              ? `compared with ${signers.label}`
              : 'not checked: compare the keys with what the people gave you, or choose your own list of signers'
          }
        >
          <Button size="small" onClick={() => void chooseSigners(onSigners)}>
            Choose a list
          </Button>
        </Part>
        <Part
          mark="blocks"
          title="Time of the events"
          detail="claimed by the machine that made it, not witnessed"
        />
        <Part
          mark="blocks"
          title="Another auditor agrees"
          detail="not checked here: put this report beside others on the page Compare, or with assay compare"
        />
      </ul>
      {problems.length > 0 && (
        <>
          <header className="panehead">
            <h2>{counted(problems.length, 'problem')}</h2>
          </header>
          <ul className="reading-problems">
            {problems.map(problem => (
              <li key={`${problem.code} ${problem.where} ${problem.message}`}>
                <span className="mono">{problem.code}</span>
                <Inert text={problem.message} prose />
                <Inert text={problem.where} />
              </li>
            ))}
          </ul>
        </>
      )}
      <header className="panehead">
        <h2>The same without Assay</h2>
      </header>
      <div className="pane-part">
        <pre className="reading-commands mono">{commandsFor(name, signatures)}</pre>
        <dl className="facts">
          <dt>File</dt>
          <dd>
            <Inert text={name} />, {number(size)} bytes
          </dd>
          <dt>sha256</dt>
          <dd>
            <Hash value={sha256} digits={64} />
          </dd>
        </dl>
      </div>
    </div>
  );
}

const PART_MARKS: Record<'passed' | 'failed' | 'not-checked', MarkName> = {
  passed: 'done',
  failed: 'failed',
  'not-checked': 'notrun',
};

interface PartProps {
  readonly mark: MarkName;
  readonly title: string;
  readonly detail: string;
  readonly children?: React.ReactNode;
}

function Part({ mark, title, detail, children }: PartProps) {
  return (
    <li>
      <span className={`mark-${mark}`}>
        <Mark name={mark} />
      </span>
      <div className="grow">
        <div>
          <Inert text={title} prose />
        </div>
        <div className="t2">
          <Inert text={detail} prose />
        </div>
      </div>
      {children}
    </li>
  );
}

function sentence({ verification }: Checked): string {
  if (!verification.valid) return 'The report is not valid';
  const good = verification.signatures.filter(signature => signature.valid);
  if (good.every(signature => signature.demonstration))
    return 'The file is whole; a demonstration key signed, which belongs to nobody';
  return `The file is whole and signed by ${good.length === 1 ? 'one key' : counted(good.length, 'key')}`;
}

function signatureWords({ valid, trusted, demonstration, fingerprint }: Signature): string {
  const whose = demonstration
    ? 'demonstration key, belongs to nobody'
    : trusted === null
      ? 'no list of signers given'
      : trusted
        ? 'in your list of signers'
        : 'not in your list of signers';
  return `${valid ? 'good' : 'bad'}, ${fingerprint}, ${whose}`;
}

function commandsFor(name: string, signatures: readonly Signature[]): string {
  const file = /^[\w.+-]+$/.test(name) ? name : 'REPORT.assay.tar';
  const identity = signatures[0]?.identity ?? 'IDENTITY';
  return [
    `tar -xf ${file} && cd */`,
    'sha256sum -c SHA256SUMS',
    `ssh-keygen -Y verify -f allowed_signers -I ${identity} \\`,
    '  -n assay-report -s signatures/… < SHA256SUMS',
  ].join('\n');
}

async function chooseSigners(onSigners: (signers: Grant) => void): Promise<void> {
  const chosen = await attempt('No list was chosen', () => desktop('choose.signers', {}));
  if (chosen) onSigners(chosen);
}
