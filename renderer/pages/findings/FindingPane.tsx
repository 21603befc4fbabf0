import type { CommentRow, FindingRow } from '../../../main/contract/requests/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { SaidText } from '../../parts/SaidText.tsx';
import { full } from '../../parts/time.ts';
import { Verdict } from '../../parts/Verdict.tsx';
import { ArtifactFacts } from './ArtifactFacts.tsx';
import { Exhibits } from './Exhibits.tsx';
import { FindingActions } from './FindingActions.tsx';
import { FindingLinks } from './FindingLinks.tsx';
import { effectOf, SEVERITIES, STATES } from './severity.ts';
import type { FindingPlace } from './use-finding-place.ts';

interface FindingPaneProps {
  readonly finding: FindingRow;
  readonly place: FindingPlace;
  readonly comments: readonly CommentRow[];
}

/** One finding: what it is about, what it does, what people said, and what can be done about it. */
export function FindingPane({ finding, place, comments }: FindingPaneProps) {
  const { id, message, where, code, severity, state, waiver, resolution, raised } = finding;
  return (
    <div className="pane-body">
      <header className="panehead">
        <span className="mono nowrap">{id}</span>
        <span className="strong cut">
          <Inert text={message} prose cut />
        </span>
      </header>
      <section className="pane-part">
        <dl className="facts">
          <dt>Severity</dt>
          <dd>
            <Verdict name={SEVERITIES[severity].mark}>{SEVERITIES[severity].word}</Verdict>
          </dd>
          <dt>State</dt>
          <dd>
            <Verdict name={STATES[state].mark}>{STATES[state].word}</Verdict>
          </dd>
          <dt>What</dt>
          <dd>
            <Inert text={message} prose />
          </dd>
          <dt>About</dt>
          <dd>
            <Inert text={where} />
          </dd>
          {place.artifact && <ArtifactFacts artifact={place.artifact} />}
          <dt>Code</dt>
          <dd className="mono">{code}</dd>
          <dt>Found by</dt>
          <dd>{raised ? <Inert text={raised.by} prose /> : 'Assay, from the evidence'}</dd>
        </dl>
        <FindingLinks finding={finding} place={place} />
      </section>
      <section className="pane-part">
        <h2 className="strong">Effect on the verdict</h2>
        <p className="t2">{effectOf(finding)}</p>
      </section>
      {waiver && <Said by={waiver.by} what="Waived" text={waiver.reason} event={waiver.event} />}
      {resolution && (
        <Said by={resolution.by} what="Settled" text={resolution.reason} event={resolution.event} />
      )}
      {comments.map(comment => (
        <section className="pane-part" key={comment.id}>
          <div>
            <span className="strong">
              <Inert text={comment.by} prose />
            </span>{' '}
            <span className="t3">{full(comment.at)}</span>
          </div>
          <SaidText text={comment.text} />
        </section>
      ))}
      <Exhibits finding={finding} />
      <FindingActions key={finding.key} finding={finding} />
    </div>
  );
}

interface SaidProps {
  readonly by: string;
  readonly what: string;
  readonly text: string;
  readonly event: number;
}

function Said({ by, what, text, event }: SaidProps) {
  return (
    <section className="pane-part">
      <div>
        <span className="strong">{what}</span> by <Inert text={by} prose />{' '}
        <span className="t3">event {event}</span>
      </div>
      <SaidText text={text} />
    </section>
  );
}
