import { Button, Checkbox, Menu, MenuItem, Popover } from '@blueprintjs/core';
import { useState } from 'react';
import { inertText } from '../../../main/contract/inert.ts';
import { ask, attempt, desktop } from '../../engine/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { type Earlier, newOf, useEarlierCase } from './earlier-case.ts';

/**
 * Shows what an earlier report or case says of findings; nothing of it counts before a person says so. A case of the same kit that
 * was open on this machine is offered by itself.
 */
export function Proposals() {
  const [earlier, setEarlier] = useState<Earlier | null>(null);
  const known = useEarlierCase(earlier === null);
  const waiting = known ? newOf(known) : 0;
  const choose = (what: 'report' | 'case') =>
    void attempt('Nothing was proposed', async () => {
      const chosen =
        what === 'case'
          ? await desktop('choose.case', {})
          : (await desktop('choose.reports', { several: false }))[0];
      if (!chosen) return;
      const proposed = await ask('findings.proposals', { location: chosen.grant });
      setEarlier({ grant: chosen.grant, proposed });
    });
  return (
    <>
      <Popover
        placement="bottom-end"
        transitionDuration={0}
        content={
          <Menu aria-label="Where from">
            {known && (
              <MenuItem
                text={inertText(`The case ${known.proposed.from.name} on this machine`)}
                label={counted(waiting, 'proposal')}
                onClick={() => setEarlier(known)}
              />
            )}
            <MenuItem text="A sealed report" onClick={() => choose('report')} />
            <MenuItem text="Another case" onClick={() => choose('case')} />
          </Menu>
        }
      >
        <Button size="small" variant="minimal">
          From an earlier audit
          {waiting > 0 && <span className="proposals-waiting">{number(waiting)}</span>}
        </Button>
      </Popover>
      {earlier && <ProposalDialog earlier={earlier} onClose={() => setEarlier(null)} />}
    </>
  );
}

const STATES = { new: 'not here yet', here: 'so here already', absent: 'this case has no such finding' };

function ProposalDialog({ earlier, onClose }: { readonly earlier: Earlier; readonly onClose: () => void }) {
  const { from, proposals } = earlier.proposed;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (one: number) => {
    const next = new Set(chosen);
    if (!next.delete(one)) next.add(one);
    setChosen(next);
  };
  const take = () =>
    void attempt('Nothing was taken over', async () => {
      await ask('findings.take-over', {
        location: earlier.grant,
        numbers: [...chosen].sort((a, b) => a - b),
      });
      onClose();
    });
  return (
    <Modal
      title="From an earlier audit"
      onClose={onClose}
      width={760}
      note="What you take over is your own word; the log says where it came from."
      actions={
        <>
          <Button size="small" onClick={onClose}>
            Cancel
          </Button>
          <Button size="small" intent="primary" disabled={chosen.size === 0} onClick={take}>
            Take over {number(chosen.size)}
          </Button>
        </>
      }
    >
      <p className="t2">
        {counted(proposals.length, 'proposal')} from the {from.source} <Inert text={from.name} />
      </p>
      <ul className="finding-proposals">
        {proposals.map(proposal => (
          <li key={proposal.number}>
            <Checkbox
              checked={chosen.has(proposal.number)}
              disabled={proposal.state !== 'new'}
              onChange={() => toggle(proposal.number)}
            >
              {proposal.what === 'waiver' ? 'Waive' : 'Raise'}: <Inert text={proposal.message} prose />
              <div className="t2">
                there by <Inert text={proposal.by} prose />
                {proposal.reason !== null && (
                  <>
                    : <Inert text={proposal.reason} prose />
                  </>
                )}
                {proposal.state !== 'new' && `, ${STATES[proposal.state]}`}
              </div>
            </Checkbox>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
