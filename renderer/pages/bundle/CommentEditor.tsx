import { Button, TextArea } from '@blueprintjs/core';
import { type KeyboardEvent, useState } from 'react';
import { ask, attempt } from '../../engine/index.ts';
import { Kbd } from '../../parts/Kbd.tsx';

interface CommentEditorProps {
  readonly path: string;
  /** From 1; null for the whole file. */
  readonly line: number | null;
  readonly onDone: () => void;
}

/** A comment that is being written. */
export function CommentEditor({ path, line, onDone }: CommentEditorProps) {
  const [text, setText] = useState('');
  const save = async () => {
    if (text.trim() === '') return;
    const saved = await attempt('The comment was not recorded', () =>
      ask('bundle.comment', { path, line, text }),
    );
    if (saved) onDone();
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
    else return;
    event.preventDefault();
  };
  return (
    <section className="comment comment-new" aria-label="New comment">
      <p className="comment-head t2">{line === null ? 'On the whole file' : `On line ${line}`}</p>
      <TextArea
        autoFocus
        fill
        aria-label="Comment"
        maxLength={20_000}
        rows={3}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={press}
      />
      <div className="comment-foot">
        <Button size="small" intent="primary" disabled={text.trim() === ''} onClick={save}>
          Comment <Kbd keys="Ctrl Enter" />
        </Button>
        <Button size="small" variant="minimal" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </section>
  );
}
