import { Button, Checkbox } from '@blueprintjs/core';
import { CrossIcon } from '@blueprintjs/icons';
import type { CompareDocument } from '../../../main/contract/documents.ts';
import { inertText } from '../../../main/contract/inert.ts';
import { useCase } from '../../case.ts';
import { useStore } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { baseName, SHOWN } from './compared.ts';
import { chosenReplays, comparedReports } from './stores.ts';
import type { ReplayRow } from './use-comparison.ts';

interface ColumnsProps {
  readonly replays: readonly ReplayRow[];
  readonly columns: readonly number[];
  readonly document: CompareDocument | null;
}

/** Which replays of the case and which reports are compared, and who signed them. */
export function Columns({ replays, columns, document }: ColumnsProps) {
  const reports = useStore(comparedReports);
  const folder = useCase()?.folder ?? '';
  return (
    <section className="compare-scroll compare-columns" aria-label="What is compared">
      <div>
        <div className="compare-choice">
          <h3 className="strong grow">Replays of this case</h3>
          {replays.length > SHOWN && (
            <>
              <Button size="small" variant="minimal" onClick={() => chooseAll(folder, replays, true)}>
                All {replays.length}
              </Button>
              <Button size="small" variant="minimal" onClick={() => chooseAll(folder, replays, false)}>
                The newest {SHOWN}
              </Button>
            </>
          )}
        </div>
        {replays.length === 0 && <p className="t2">The chain was not replayed yet.</p>}
        {replays.map(({ number, outcome, running, mode, steps, done, by }) => (
          <Checkbox
            key={number}
            checked={columns.includes(number)}
            onChange={event => choose(folder, number, event.currentTarget.checked)}
          >
            Replay {number}, {mode}, {running ? 'running' : outcome}, {done} of {counted(steps, 'step')}, by{' '}
            <Inert text={by} prose />
          </Checkbox>
        ))}
      </div>
      <div>
        <h3 className="strong">Reports</h3>
        {reports.length === 0 && <p className="t2">None was added.</p>}
        {reports.map((report, i) => {
          const account = document?.reports[columns.length + i];
          return (
            <div className="compare-account" key={report.grant}>
              <span className="cut">
                <Inert text={baseName(report.label)} prose cut />
              </span>
              {account && (
                <>
                  {account.valid ? (
                    <Verdict name="done">verifies</Verdict>
                  ) : (
                    <Verdict name="failed">does not verify</Verdict>
                  )}
                  <span className="t2 cut grow">
                    signed by{' '}
                    <Inert
                      text={account.signers.map(signer => signer.identity).join(', ') || 'nobody'}
                      prose
                      cut
                    />
                  </span>
                </>
              )}
              <Button
                size="small"
                variant="minimal"
                icon={<CrossIcon />}
                aria-label={`Remove ${inertText(baseName(report.label))}`}
                onClick={() => comparedReports.set(old => old.filter((_, at) => at !== i))}
              />
            </div>
          );
        })}
        <p className="t3">
          A report holds hashes, not the files: where a file differs, ask whoever made the report for it.
        </p>
      </div>
    </section>
  );
}

/** Makes all replays columns, or those that are without anybody's choice. */
function chooseAll(folder: string, replays: readonly ReplayRow[], all: boolean): void {
  const chosen = new Map(all ? replays.map(({ number }) => [number, true]) : []);
  chosenReplays.set({ case: folder, replays: chosen });
}

function choose(folder: string, number: number, wanted: boolean): void {
  chosenReplays.set(old => ({
    case: folder,
    replays: new Map([...(old.case === folder ? old.replays : []), [number, wanted]]),
  }));
}
