import { Button, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { CommentRow, FindingRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, attempt } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { full } from '../../parts/time.ts';
import { Verdict } from '../../parts/Verdict.tsx';
import { Exhibits } from './Exhibits.tsx';
import { FindingLinks } from './FindingLinks.tsx';
import { effectOf, SEVERITIES, STATES } from './severity.ts';

interface FindingPaneProps {
  readonly finding: FindingRow;
  readonly comments: readonly CommentRow[];
}

/** One finding: what it is about, what it does, what people said, and what can be done about it. */
export function FindingPane({ finding, comments }: FindingPaneProps) {
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
          <dt>Code</dt>
          <dd className="mono">{code}</dd>
          <dt>Found by</dt>
          <dd>{raised ? <Inert text={raised.by} prose /> : 'Assay, from the evidence'}</dd>
        </dl>
        <FindingLinks finding={finding} />
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
          <p className="said">
            <Inert text={comment.text} prose />
          </p>
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
      <p className="said">
        <Inert text={text} prose />
      </p>
    </section>
  );
}

function FindingActions({ finding }: { readonly finding: FindingRow }) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const by = useCase()?.by ?? '';
  const { key, state, raised } = finding;
  const said = text.trim();
  const act = async (title: string, action: () => Promise<unknown>) => {
    setBusy(true);
    const done = await attempt(title, async () => {
      await action();
      return true;
    });
    if (done) setText('');
    setBusy(false);
  };
  const without = said === '' || busy;
  return (
    <section className="pane-part">
      <label className="strong" htmlFor="finding-words">
        {state === 'open' ? 'Comment, or accept with a reason' : 'Comment'}
      </label>
      <TextArea
        id="finding-words"
        fill
        rows={3}
        placeholder="Why is this acceptable? This text is printed in the report."
        maxLength={20_000}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      <div className="finding-acts">
        <span className="grow t3 cut">
          As <Inert text={by} prose />
        </span>
        {state === 'waived' && (
          <Button
            size="small"
            disabled={busy}
            onClick={() =>
              void act('The waiver stays', () => ask('findings.withdraw', { key, reason: said }))
            }
          >
            Withdraw waiver
          </Button>
        )}
        {state === 'resolved' && (
          <Button
            size="small"
            disabled={without}
            onClick={() => void act('It stays settled', () => ask('findings.reopen', { key, reason: said }))}
          >
            Open again
          </Button>
        )}
        {state === 'open' && raised && (
          <Button
            size="small"
            disabled={without}
            onClick={() => void act('Not settled', () => ask('findings.resolve', { key, reason: said }))}
          >
            Settle
          </Button>
        )}
        {state === 'open' && (
          <Button
            size="small"
            disabled={without}
            onClick={() => void act('Not waived', () => ask('findings.waive', { key, reason: said }))}
          >
            Waive
          </Button>
        )}
        <Button
          size="small"
          intent="primary"
          disabled={without}
          onClick={() =>
            void act('The comment was not kept', () => ask('findings.comment', { key, text: said }))
          }
        >
          Add comment
        </Button>
      </div>
      {state === 'open' && said === '' && (
        <p className="t3">To waive needs a reason. Your name and the reason are printed in the report.</p>
      )}
    </section>
  );
}
