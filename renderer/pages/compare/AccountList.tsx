import { Button } from '@blueprintjs/core';
import { CrossIcon } from '@blueprintjs/icons';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { useStore } from '../../engine/index.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { type Account, baseName, comparedReports, type Row } from './compared.ts';

interface AccountListProps {
  readonly document: CompareDocument | null;
  readonly withCase: boolean;
  readonly row: Row | null;
}

/** Who says what: each account with its verdict, its signers and the machine it was made on. */
export function AccountList({ document, withCase, row }: AccountListProps) {
  const reports = useStore(comparedReports);
  return (
    <div className="pane-body">
      <header className="panehead">
        <h2>Accounts</h2>
      </header>
      {!document &&
        reports.map((report, i) => (
          <section className="pane-part" key={report.grant}>
            <AccountHead name={baseName(report.label)} onRemove={() => remove(i)} />
          </section>
        ))}
      {document?.reports.map((account, i) => {
        const own = withCase && i === 0;
        return (
          <section className="pane-part" key={own ? 'case' : (reports[i - Number(withCase)]?.grant ?? i)}>
            <AccountHead
              name={own ? 'This case, newest replay' : baseName(account.path)}
              onRemove={own ? null : () => remove(i - Number(withCase))}
            />
            <AccountFacts account={account} own={own} hash={row ? (row.hashes[i] ?? null) : undefined} />
          </section>
        );
      })}
      <p className="pane-none t3">
        Two accounts agree when every artifact that either has is the same to the bit. What differs in the
        machines stands here beside what differs in the results. The bytes of other people’s artifacts are not
        in their reports: only hashes can be compared.
      </p>
    </div>
  );
}

function remove(index: number): void {
  comparedReports.set(old => old.filter((_, i) => i !== index));
}

function AccountHead({ name, onRemove }: { readonly name: string; readonly onRemove: (() => void) | null }) {
  return (
    <div className="compare-account">
      <span className="strong grow cut">
        <Inert text={name} prose cut />
      </span>
      {onRemove && (
        <Button
          size="small"
          variant="minimal"
          icon={<CrossIcon />}
          aria-label={`Remove ${name}`}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

interface AccountFactsProps {
  readonly account: Account;
  readonly own: boolean;
  /** The hash of the selected artifact here; undefined when none is selected. */
  readonly hash: string | null | undefined;
}

function AccountFacts({ account, own, hash }: AccountFactsProps) {
  const { verdict, valid, kit, bundle, signers, environment } = account;
  return (
    <dl className="facts">
      <dt>Says</dt>
      <dd>
        {verdict === 'reproduced' ? (
          <Verdict name="reproduced" />
        ) : (
          <Verdict name="blocks">not reproduced</Verdict>
        )}
      </dd>
      {!own && (
        <>
          <dt>Report</dt>
          <dd>
            {valid ? (
              <Verdict name="done">verifies</Verdict>
            ) : (
              <Verdict name="failed">does not verify</Verdict>
            )}
          </dd>
          <dt>Signed by</dt>
          <dd>
            {signers.length === 0
              ? 'nobody'
              : signers.map(signer => (
                  <div key={signer.fingerprint}>
                    <Inert text={signer.identity} prose />
                  </div>
                ))}
          </dd>
        </>
      )}
      <dt>Kit</dt>
      <dd>{kit ?? 'unknown'}</dd>
      <dt>Bundle</dt>
      <dd>{bundle ? <Hash value={bundle} digits={24} /> : 'unknown'}</dd>
      {environment && (
        <>
          <dt>Kernel</dt>
          <dd>
            <Inert text={environment.kernel} prose />
          </dd>
          <dt>Processor</dt>
          <dd>
            <Inert text={environment.processor} prose />
          </dd>
          <dt>Runtime</dt>
          <dd>
            <Inert text={environment.runtime} prose />
          </dd>
        </>
      )}
      {hash !== undefined && (
        <>
          <dt>Selected</dt>
          <dd>{hash === null ? <Verdict name="missing" /> : <Hash value={hash} digits={64} />}</dd>
        </>
      )}
    </dl>
  );
}
