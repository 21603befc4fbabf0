import { Button, Checkbox, FormGroup, Radio, RadioGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { useEngine } from '../../engine/index.ts';
import { Modal } from '../../parts/Modal.tsx';
import type { ReplayChoice } from '../../replay/run.ts';

interface ReplayOptionsProps {
  readonly chosen: ReplayChoice;
  /** Whether a replay of this plan has finished, so that another would be a new one. */
  readonly finished: boolean;
  /** Why the chain cannot be left to itself; null when it can. */
  readonly noUnaided: string | null;
  readonly onClose: () => void;
  readonly onStart: (choice: ReplayChoice) => void;
}

/** How a replay is to be done, with what this machine can do as tried. */
export function ReplayOptions({ chosen, finished, noUnaided, onClose, onStart }: ReplayOptionsProps) {
  const { value: machine } = useEngine('machine.describe', {}, { once: true });
  const [choice, setChoice] = useState(chosen);
  const change = (part: Partial<ReplayChoice>) => setChoice({ ...choice, ...part });
  return (
    <Modal
      title="Replay options"
      onClose={onClose}
      width={600}
      note={
        choice.observe ? undefined : 'Nobody will have watched what ran: trust closure is then not proved.'
      }
      actions={
        <>
          <Button size="small" onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="small"
            intent="primary"
            onClick={() => {
              onStart(choice);
              onClose();
            }}
          >
            Replay
          </Button>
        </>
      }
    >
      <FormGroup label="Driven">
        <RadioGroup
          aria-label="Driven"
          selectedValue={choice.mode}
          onChange={event => change({ mode: event.currentTarget.value as ReplayChoice['mode'] })}
        >
          <Radio value="stepped" label="Step by step, each in an empty container of its own" />
          <Radio
            value="unaided"
            disabled={noUnaided !== null}
            label="Unaided: one container, in which the chain’s own script drives everything"
          />
          <Radio value="both" disabled={noUnaided !== null} label="Both, compared file by file" />
        </RadioGroup>
        {noUnaided !== null && <p className="t2">Not unaided: {noUnaided}.</p>}
      </FormGroup>
      <FormGroup label="Runtime">
        <RadioGroup
          aria-label="Runtime"
          selectedValue={choice.runtime ?? ''}
          onChange={event => change({ runtime: event.currentTarget.value || null })}
        >
          <Radio value="" label="The best that works here" />
          {(machine?.runtimes ?? []).map(({ name, works, version, problem, weaker }) => (
            <Radio key={name} value={name} disabled={!works}>
              {name}{' '}
              <span className="t2">
                {works ? `${version ?? ''}${weaker ? ', keeps programs apart less well' : ''}` : problem}
              </span>
            </Radio>
          ))}
        </RadioGroup>
        {!machine && <p className="t2">Trying what this machine can do…</p>}
      </FormGroup>
      <Checkbox
        label="Watch what runs"
        checked={choice.observe}
        onChange={event => change({ observe: event.currentTarget.checked })}
      />
      {machine && !machine.observer.works && <p className="t2">{machine.observer.problem}</p>}
      {finished && (
        <Checkbox
          label="Replay again, although a replay has finished"
          checked={choice.again}
          onChange={event => change({ again: event.currentTarget.checked })}
        />
      )}
      {finished && choice.again && (
        <Checkbox
          label="Take over the recorded result of a step whose program, inputs, arguments and runtime are the same; the report says so"
          checked={choice.reuse}
          onChange={event => change({ reuse: event.currentTarget.checked })}
        />
      )}
    </Modal>
  );
}
