import { Button, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { full } from '../../parts/time.ts';

/** What the audit covers and what it does not, in the auditor's words. */
export function ScopeText() {
  const { value } = useEngine('scope.get', {});
  const [draft, setDraft] = useState<string | null>(null);
  const scope = value?.scope ?? null;
  const keep = async () => {
    const kept = await attempt('The text was not kept', async () => {
      await ask('scope.set', { text: draft ?? '' });
      return true;
    });
    if (kept) setDraft(null);
  };
  return (
    <section aria-label="Scope and limits">
      <header className="panehead">
        <h2 className="grow">Scope and limits</h2>
        {draft === null && (
          <Button size="small" variant="minimal" onClick={() => setDraft(scope?.text ?? '')}>
            {scope ? 'Edit' : 'Write'}
          </Button>
        )}
      </header>
      <div className="pane-part">
        {draft === null ? (
          scope ? (
            <>
              <p className="said">
                <Inert text={scope.text} prose />
              </p>
              <p className="t3">
                {scope.by}, {full(scope.at)}
              </p>
            </>
          ) : (
            <p className="t2">Nobody has written what this audit covers and what it does not.</p>
          )
        ) : (
          <>
            <TextArea
              fill
              autoFocus
              autoResize
              aria-label="Scope and limits"
              placeholder="What was audited, up to where, and what is not covered."
              maxLength={20_000}
              value={draft}
              onChange={event => setDraft(event.currentTarget.value)}
            />
            <div className="pane-acts">
              <Button size="small" onClick={() => setDraft(null)}>
                Cancel
              </Button>
              <Button size="small" intent="primary" onClick={() => void keep()}>
                Keep text
              </Button>
            </div>
          </>
        )}
      </div>
    </section>
  );
}
