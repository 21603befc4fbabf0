import { Button, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { FindingRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, attempt } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';

/** Id of the field that comments and reasons are written in. */
export const WORDS_FIELD = 'finding-words';

/** What a person can do about a finding: comment, waive or settle it with a reason, take that back. */
export function FindingActions({ finding }: { readonly finding: FindingRow }) {
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
  const comment = () =>
    void act('The comment was not kept', () => ask('findings.comment', { key, text: said }));
  return (
    <section className="pane-part">
      <label className="strong" htmlFor={WORDS_FIELD}>
        {state === 'open' ? 'Comment, or accept with a reason' : 'Comment'} <Kbd keys="M" />
      </label>
      <TextArea
        id={WORDS_FIELD}
        fill
        rows={3}
        placeholder="Why is this acceptable? This text is printed in the report."
        maxLength={20_000}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !event.ctrlKey || without) return;
          event.preventDefault();
          comment();
        }}
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
        <Button size="small" intent="primary" disabled={without} onClick={comment}>
          Add comment <Kbd keys="Ctrl Enter" />
        </Button>
      </div>
      {state === 'open' && said === '' && (
        <p className="t3">To waive needs a reason. Your name and the reason are printed in the report.</p>
      )}
    </section>
  );
}
