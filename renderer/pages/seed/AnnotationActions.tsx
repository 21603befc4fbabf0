import { Button, Menu, MenuItem, PopoverNext } from '@blueprintjs/core';
import { HistoryIcon, IssueIcon, MoreIcon, TickIcon, TrashIcon } from '@blueprintjs/icons';
import { useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { runCommand } from '../../commands/index.ts';
import { ask, useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { NewFinding } from '../findings/NewFinding.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { rangesText } from './seed-words.ts';
import type { Acting } from './use-act.ts';

interface AnnotationActionsProps {
  readonly annotation: AnnotationRow | null;
  readonly own: boolean;
  readonly ready: boolean;
  readonly changed: boolean;
  readonly acting: Acting;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** Null where there is nothing to settle. */
  readonly onSettle: (() => void) | null;
  readonly onRemoved: () => void;
}

/** What can be done with an annotation. */
export function AnnotationActions(props: AnnotationActionsProps) {
  const { annotation, own, ready, changed, acting, onSave, onDiscard, onSettle, onRemoved } = props;
  const [finding, setFinding] = useState(false);
  const [history, setHistory] = useState(false);
  // While words are not saved, what can be done with the saved ones would be about others.
  const writes = own && (changed || annotation === null);
  const { value: seeds } = useEngine('seed.list', {});
  const name = seeds?.find(each => each.seed.sha256 === annotation?.seed)?.name ?? '';
  const remove = async () => {
    if (!annotation) return;
    const { id } = annotation;
    const done = await acting.act('The annotation stays', async () => {
      await ask('seed.remove', { id });
    });
    if (done) onRemoved();
  };
  return (
    <div className="seed-acts">
      {writes ? (
        <Button size="small" intent="primary" disabled={!ready} onClick={onSave}>
          Save <Kbd keys="Ctrl ↵" />
        </Button>
      ) : (
        !own && (
          <Button size="small" onClick={() => runCommand('seed.agree')}>
            Explain these bytes too <Kbd keys="R" />
          </Button>
        )
      )}
      {changed && (
        <Button size="small" onClick={onDiscard}>
          Discard
        </Button>
      )}
      {!writes && onSettle && (
        <Button size="small" icon={<TickIcon size={14} />} onClick={onSettle}>
          Settle <Kbd keys="S" />
        </Button>
      )}
      {!writes && own && (
        <Button size="small" onClick={() => setFinding(true)}>
          Make it a finding
        </Button>
      )}
      {annotation && (
        <>
          <span className="grow" />
          <More
            own={own}
            busy={acting.busy}
            onFinding={() => setFinding(true)}
            onHistory={() => setHistory(true)}
            onRemove={() => void remove()}
          />
        </>
      )}
      {history && annotation && <HistoryDialog annotation={annotation} onClose={() => setHistory(false)} />}
      {finding && annotation && (
        <NewFinding
          message={annotation.label}
          where={`${name} ${rangesText(annotation)}`}
          onClose={() => setFinding(false)}
          onRaised={key => go('findings', { finding: key })}
        />
      )}
    </div>
  );
}

interface MoreProps {
  readonly own: boolean;
  readonly busy: boolean;
  readonly onFinding: () => void;
  readonly onHistory: () => void;
  readonly onRemove: () => void;
}

function More({ own, busy, onFinding, onHistory, onRemove }: MoreProps) {
  return (
    <PopoverNext
      arrow={false}
      placement="top-end"
      transitionDuration={0}
      content={
        <Menu size="small">
          <MenuItem icon={<HistoryIcon size={14} />} text="History" onClick={onHistory} />
          <MenuItem icon={<IssueIcon size={14} />} text="Make it a finding" onClick={onFinding} />
          <MenuItem
            icon={<TrashIcon size={14} />}
            text="Remove"
            label="Delete"
            disabled={!own || busy}
            onClick={onRemove}
          />
        </Menu>
      }
    >
      <Button size="small" variant="minimal" icon={<MoreIcon />} aria-label="More" />
    </PopoverNext>
  );
}
