import { Button, Menu, MenuItem, PopoverNext, TextArea } from '@blueprintjs/core';
import { useState } from 'react';
import type { ChecklistRow } from '../../../main/contract/requests/index.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { full } from '../../parts/time.ts';

/** The kit's questions to people, each with its newest answer. */
export function Checklist() {
  const { value } = useEngine('checklist.get', {});
  const [asking, setAsking] = useState<ChecklistRow | null>(null);
  const items = value?.items ?? [];
  const done = items.filter(item => item.answer !== 'open').length;
  return (
    <section aria-label="Checklist">
      <header className="panehead">
        <h2>Checklist</h2>
        <span className="t2">
          {done} of {items.length} answered
        </span>
      </header>
      {items.length === 0 && <p className="pane-none t2">The kit asks nothing of people.</p>}
      <ul className="checklist">
        {items.map(item => (
          <li key={item.id}>
            <Mark name={item.answer === 'open' ? 'blocks' : item.answer === 'done' ? 'done' : 'none'} />
            <div className="grow">
              <div className={item.answer === 'open' ? 'strong' : undefined}>
                <Inert text={item.text} prose />
              </div>
              <div className="t3">
                {item.role}, {answerWords(item)}
              </div>
              {item.note !== '' && (
                <div className="t2">
                  <Inert text={item.note} prose />
                </div>
              )}
            </div>
            <Answer item={item} onNote={() => setAsking(item)} />
          </li>
        ))}
      </ul>
      {asking && <NotApplicable item={asking} onClose={() => setAsking(null)} />}
    </section>
  );
}

function answerWords({ answer, answered }: ChecklistRow): string {
  if (answer === 'open' || !answered) return 'not answered';
  return `${answer === 'done' ? 'done' : 'not applicable'}, ${answered.by}, ${full(answered.at)}`;
}

function answer(id: string, to: ChecklistRow['answer']): Promise<unknown> {
  return attempt('The answer was not kept', () => ask('checklist.answer', { id, answer: to, note: '' }));
}

function Answer({ item, onNote }: { readonly item: ChecklistRow; readonly onNote: () => void }) {
  return (
    <PopoverNext
      placement="bottom-end"
      animation="minimal"
      content={
        <Menu size="small">
          <MenuItem text="Done" onClick={() => void answer(item.id, 'done')} />
          <MenuItem text="Not applicable, because…" onClick={onNote} />
          <MenuItem
            text="Open"
            disabled={item.answer === 'open'}
            onClick={() => void answer(item.id, 'open')}
          />
        </Menu>
      }
    >
      <Button size="small" variant="minimal" aria-label={`Answer: ${item.text}`}>
        Answer
      </Button>
    </PopoverNext>
  );
}

function NotApplicable({ item, onClose }: { readonly item: ChecklistRow; readonly onClose: () => void }) {
  const [note, setNote] = useState(item.note);
  const keep = async () => {
    await ask('checklist.answer', { id: item.id, answer: 'not-applicable', note: note.trim() });
    onClose();
  };
  return (
    <FormDialog
      title="Not applicable"
      action="Keep answer"
      failed="The answer was not kept"
      missing={note.trim() === '' ? 'Say why.' : null}
      note="The reason is printed in the report with your name."
      onSubmit={keep}
      onClose={onClose}
    >
      <p className="t2">
        <Inert text={item.text} prose />
      </p>
      <TextArea
        fill
        autoFocus
        aria-label="Why it is not applicable"
        maxLength={20_000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
