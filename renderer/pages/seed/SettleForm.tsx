import { Button, InputGroup } from '@blueprintjs/core';
import { type KeyboardEvent, useState } from 'react';
import { ask } from '../../engine/index.ts';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { useAct } from './use-act.ts';

/** Asks what settles a question or a concern. Anybody may settle it; the reason stands beside it from then on. */
export function SettleForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  const { busy, failure, forget, act } = useAct();
  const settle = async () => {
    if (reason.trim() === '' || busy) return;
    const done = await act('It was not settled', async () => {
      await ask('seed.resolve', { id, reason: reason.trim() });
    });
    if (done) onDone();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
    else void settle();
  };
  return (
    <div className="seed-settle">
      {failure && <ProblemPanel title={failure.title} problem={failure.problem} onDismiss={forget} />}
      <InputGroup
        size="small"
        fill
        autoFocus
        aria-label="What settles it"
        placeholder="What settles it"
        maxLength={20_000}
        value={reason}
        onValueChange={setReason}
        onKeyDown={press}
      />
      <Button size="small" onClick={onDone}>
        Cancel
      </Button>
      <Button
        size="small"
        intent="primary"
        disabled={busy || reason.trim() === ''}
        onClick={() => void settle()}
      >
        Settle
      </Button>
    </div>
  );
}
