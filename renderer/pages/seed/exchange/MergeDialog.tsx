import { Button, Checkbox } from '@blueprintjs/core';
import { type KeyboardEvent, useCallback, useMemo, useState } from 'react';
import type { AnnotationMergeRow } from '../../../../main/contract/requests/index.ts';
import { ask } from '../../../engine/index.ts';
import { Modal } from '../../../parts/Modal.tsx';
import { ProblemPanel } from '../../../parts/ProblemPanel.tsx';
import { showToast } from '../../../review/toast.ts';
import { useAct } from '../use-act.ts';
import type { Look, MergeSource } from './ImportAnnotations.tsx';
import { MergeDetail } from './MergeDetail.tsx';
import { MergeList } from './MergeList.tsx';
import { MergeSourceFacts } from './MergeSourceFacts.tsx';
import {
  choicesOf,
  type Decision,
  decideGroup,
  firstDecisions,
  inOrder,
  summaryOf,
  undecided,
  wanted,
} from './merge-model.ts';

interface MergeDialogProps {
  readonly source: MergeSource;
  readonly look: Look;
  readonly by: string;
  readonly onShow: (start: number, end: number) => void;
  readonly onClose: () => void;
}

const KEYS: Readonly<Record<string, Decision>> = { k: 'keep', a: 'add', p: 'replace' };

/** Decides what is taken over of annotations from elsewhere: each by keys, conflicts beside what is here. Done as one action. */
export function MergeDialog({ source, look, by, onShow, onClose }: MergeDialogProps) {
  const items = useMemo(() => inOrder(look.items), [look]);
  const [decisions, setDecisions] = useState(() => firstDecisions(look.items));
  const [selected, setSelected] = useState<number | null>(items[0]?.number ?? null);
  const [asUnsigned, setAsUnsigned] = useState(false);
  const { busy, failure, forget, act } = useAct();
  const at = items.findIndex(each => each.number === selected);
  const item = items[at];
  const waiting = undecided(items, decisions);
  const { add, replace } = wanted(decisions);
  const many = add.length + replace.length;
  const bad = look.signature.state === 'bad' && !asUnsigned;
  const decide = (row: AnnotationMergeRow, decision: Decision) => {
    if (!choicesOf(row, by).includes(decision)) return;
    const next = new Map(decisions).set(row.number, decision);
    setDecisions(next);
    const open = items.find(each => each.state === 'conflict' && !next.has(each.number));
    if (row.state === 'conflict' && open) setSelected(open.number);
  };
  const decideAll = (row: AnnotationMergeRow, decision: 'keep' | 'add') =>
    setDecisions(known => decideGroup(items, known, row, decision));
  // Keys go to the list at once; the dialog itself has none.
  const focusList = useCallback((box: HTMLDivElement | null) => {
    requestAnimationFrame(() => box?.querySelector<HTMLElement>('[role=grid]')?.focus());
  }, []);
  const press = (event: KeyboardEvent) => {
    const decision = KEYS[event.key.toLowerCase()];
    if (!item || !decision || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.shiftKey) decide(item, decision);
    else if (decision !== 'replace' && item.theirs.group !== null) decideAll(item, decision);
  };
  const take = async () => {
    const done = await act('Nothing was taken over', async () => {
      await ask('seed.import', { ...source, sha256: look.source.sha256, add, replace, asUnsigned });
    });
    if (!done) return;
    void showToast(`${summaryOf(items, decisions)} Ctrl Z takes all of it back.`, null);
    const [fresh] = look.fresh ?? [];
    if (fresh) onShow(fresh.offset, fresh.offset + fresh.length);
    onClose();
  };
  return (
    <Modal
      title={look.source.kind === 'file' ? 'Import annotations' : 'Carry annotations over'}
      width={960}
      closes={!busy}
      onClose={onClose}
      note={
        <span role="status">
          {waiting > 0
            ? `${waiting === 1 ? 'One conflict waits' : `${waiting} conflicts wait`} for a decision. `
            : ''}
          {summaryOf(items, decisions)}
        </span>
      }
      actions={
        <>
          <Button size="small" disabled={busy} onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="small"
            intent="primary"
            disabled={busy || waiting > 0 || many === 0 || bad}
            onClick={() => void take()}
          >
            {many === 0 ? 'Nothing to take over' : `Take over ${many}`}
          </Button>
        </>
      }
    >
      {failure && <ProblemPanel title={failure.title} problem={failure.problem} onDismiss={forget} />}
      <MergeSourceFacts look={look} />
      {look.signature.state === 'bad' && (
        <Checkbox
          label="Take it as if it had no signature"
          checked={asUnsigned}
          onChange={event => setAsUnsigned(event.currentTarget.checked)}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the list in it is the stop; the buttons beside it do the same */}
      <div className="merge" ref={focusList} onKeyDown={press}>
        <MergeList items={items} decisions={decisions} selected={selected} onSelect={setSelected} />
        {item && (
          <MergeDetail
            item={item}
            decision={decisions.get(item.number) ?? null}
            choices={choicesOf(item, by)}
            onDecide={decision => decide(item, decision)}
            onDecideGroup={decision => decideAll(item, decision)}
          />
        )}
      </div>
    </Modal>
  );
}
