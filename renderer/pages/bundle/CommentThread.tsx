import { Button, InputGroup } from '@blueprintjs/core';
import { type KeyboardEvent, useState } from 'react';
import { inertText } from '../../../main/contract/inert.ts';
import { useCase } from '../../case.ts';
import { ask, attempt } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { clock, day } from '../../parts/time.ts';
import type { FileComment } from './use-comments.ts';

/** The comments on one line. */
export function CommentThread({ comments }: { readonly comments: readonly FileComment[] }) {
  return (
    <div className="comments">
      {comments.map(comment => (
        <Comment key={comment.id} comment={comment} />
      ))}
    </div>
  );
}

function Comment({ comment }: { readonly comment: FileComment }) {
  const { id, by, at, text, line, current, resolution } = comment;
  const self = useCase()?.by;
  const [settling, setSettling] = useState(false);
  const remove = () =>
    void attempt('The comment was not taken away', () => ask('bundle.remove-comment', { id }));
  return (
    <article
      className={`comment${resolution ? ' comment-settled' : ''}`}
      aria-label={`Comment by ${inertText(by)}`}
    >
      <p className="comment-head">
        <span className="strong">
          <Inert text={by} prose />
        </span>
        <span className="t2">
          {day(at)}, {clock(at)}, {line === null ? 'whole file' : `line ${line}`}
        </span>
        {!current && <span className="t2">on an earlier content</span>}
        <span className="grow" />
        {!resolution && (
          <Button size="small" variant="minimal" onClick={() => setSettling(true)}>
            Settle
          </Button>
        )}
        {by === self && (
          <Button size="small" variant="minimal" onClick={remove}>
            Remove
          </Button>
        )}
      </p>
      <p className="comment-text">
        <Inert text={text} prose />
      </p>
      {resolution && (
        <p className="comment-settlement t2">
          <Mark name="done" /> settled by <Inert text={resolution.by} prose />:{' '}
          <Inert text={resolution.reason} prose />
        </p>
      )}
      {settling && <Settle id={id} onDone={() => setSettling(false)} />}
    </article>
  );
}

function Settle({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  const save = async () => {
    if (reason.trim() === '') return;
    const saved = await attempt('The comment was not settled', () =>
      ask('bundle.settle-comment', { id, reason }),
    );
    if (saved) onDone();
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter') void save();
    else return;
    event.preventDefault();
  };
  return (
    <div className="comment-foot">
      <InputGroup
        size="small"
        autoFocus
        fill
        aria-label="Why it is settled"
        placeholder="Why it is settled"
        value={reason}
        onValueChange={setReason}
        onKeyDown={press}
      />
      <Button size="small" intent="primary" disabled={reason.trim() === ''} onClick={save}>
        Settle
      </Button>
    </div>
  );
}
