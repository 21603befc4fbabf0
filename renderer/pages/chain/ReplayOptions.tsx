import { Button, Checkbox, FormGroup, NumericInput, Radio, RadioGroup } from '@blueprintjs/core';
import { useState } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { Modal } from '../../parts/Modal.tsx';
import type { ReplayChoice } from '../../replay/run.ts';

type Machine = Output<'machine.describe'>;

interface ReplayOptionsProps {
  readonly chosen: ReplayChoice;
  /** Whether a replay of this plan has finished, so that another would be a new one. */
  readonly finished: boolean;
  /** Whether the newest replay stopped or failed, so that one can go on from there. */
  readonly resumable: boolean;
  /** Why the chain cannot be left to itself; null when it can. */
  readonly noUnaided: string | null;
  readonly onClose: () => void;
  readonly onStart: (choice: ReplayChoice) => void;
}

interface PartProps {
  readonly choice: ReplayChoice;
  readonly change: (part: Partial<ReplayChoice>) => void;
}

/** How a replay is to be done, with what this machine can do as tried. */
export function ReplayOptions(props: ReplayOptionsProps) {
  const { chosen, finished, resumable, noUnaided, onClose, onStart } = props;
  const { value: machine } = useEngine('machine.describe', {}, { once: true });
  const [choice, setChoice] = useState({ ...chosen, again: finished, resume: resumable });
  const change = (part: Partial<ReplayChoice>) => setChoice({ ...choice, ...part });
  return (
    <Modal
      title="Replay options"
      onClose={onClose}
      width={640}
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
              onStart(choice.resume ? { ...choice, again: false, reuse: false } : choice);
              onClose();
            }}
          >
            {choice.resume ? 'Resume' : 'Replay'}
          </Button>
        </>
      }
    >
      {resumable && <Resume choice={choice} change={change} failed={finished} />}
      {!choice.resume && (
        <>
          <Driven choice={choice} change={change} noUnaided={noUnaided} />
          <Runtime choice={choice} change={change} machine={machine} />
          <Observer choice={choice} change={change} machine={machine} />
          {finished && <Reuse choice={choice} change={change} />}
        </>
      )}
      <Limits choice={choice} change={change} />
    </Modal>
  );
}

function Driven({ choice, change, noUnaided }: PartProps & { readonly noUnaided: string | null }) {
  return (
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
      {noUnaided !== null && <p className="replay-why t2">Not unaided: {noUnaided}.</p>}
    </FormGroup>
  );
}

/** Every runtime with what came of trying it: a small program was run in it. */
function Runtime({ choice, change, machine }: PartProps & { readonly machine: Machine | undefined }) {
  return (
    <FormGroup label="Runtime, as tried on this machine">
      <RadioGroup
        aria-label="Runtime, as tried on this machine"
        selectedValue={choice.runtime ?? ''}
        onChange={event => change({ runtime: event.currentTarget.value || null })}
      >
        <Radio value="">
          The first that works here{' '}
          <span className="t2">{machine?.runtimes.find(each => each.works)?.name ?? ''}</span>
        </Radio>
        {(machine?.runtimes ?? []).map(({ name, works, version, problem, weaker, cure }) => (
          <Radio key={name} value={name} disabled={!works}>
            {name}{' '}
            <span className="t2">
              {works
                ? `${version ?? ''} ran a program${weaker ? ', keeps programs apart less well' : ''}`
                : sentences(problem?.replace(`${name} `, ''), cure)}
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {!machine && <p className="replay-why t2">Trying what this machine can do…</p>}
    </FormGroup>
  );
}

function Observer({ choice, change, machine }: PartProps & { readonly machine: Machine | undefined }) {
  const observer = machine?.observer;
  return (
    <FormGroup label="Observer">
      <Checkbox checked={choice.observe} onChange={event => change({ observe: event.currentTarget.checked })}>
        Watch what runs{' '}
        <span className="t2">{observer?.works ? `with strace ${observer.version ?? ''}` : ''}</span>
      </Checkbox>
      {observer && !observer.works && (
        <p className="replay-why t2">{sentences(observer.problem, observer.cure)}</p>
      )}
    </FormGroup>
  );
}

/** What does not work and what to do about it, one sentence after the other. */
function sentences(...parts: readonly (string | null | undefined)[]): string {
  return parts.flatMap(part => (part ? [/[.?!]$/.test(part) ? part : `${part}.`] : [])).join(' ');
}

/** Going on, as the newest replay was run; with other limits, where that is why it failed. */
function Resume({ choice, change, failed }: PartProps & { readonly failed: boolean }) {
  const how = failed
    ? 'A new replay takes over what the steps before the failed one gave. Log and report say so, and which replay they are from.'
    : 'The same replay goes on after its last finished step.';
  return (
    <FormGroup label="Newest replay" helperText={choice.resume ? how : undefined}>
      <Checkbox
        label={`Resume where it ${failed ? 'failed' : 'stopped'}, driven, run and observed as it was`}
        checked={choice.resume}
        onChange={event => change({ resume: event.currentTarget.checked })}
      />
    </FormGroup>
  );
}

function Reuse({ choice, change }: PartProps) {
  return (
    <FormGroup label="Earlier replay">
      <Checkbox
        label="Replay again: without it, what that one recorded is shown"
        checked={choice.again}
        onChange={event => change({ again: event.currentTarget.checked })}
      />
      <Checkbox
        disabled={!choice.again}
        label="Take over the recorded result of a step whose program, inputs, arguments and runtime are the same; the report says so"
        checked={choice.reuse && choice.again}
        onChange={event => change({ reuse: event.currentTarget.checked })}
      />
    </FormGroup>
  );
}

const GIB = 2 ** 30;
const MIB = 2 ** 20;

function Limits({ choice, change }: PartProps) {
  const { jobs, stepLimits } = choice;
  const limit = (part: ReplayChoice['stepLimits']) => change({ stepLimits: { ...stepLimits, ...part } });
  return (
    <FormGroup label="Limits of a step" helperText="A step that takes more is ended, and the replay with it.">
      <div className="replay-limits">
        <Figure label="Steps at once" value={jobs} max={64} onChange={each => change({ jobs: each })} />
        <Figure
          label="Memory, GiB"
          value={Math.round((stepLimits.memory ?? 16 * GIB) / GIB)}
          max={100_000}
          onChange={each => limit({ memory: each * GIB })}
        />
        <Figure
          label="Processes"
          value={stepLimits.processes ?? 10_000}
          max={1_000_000}
          onChange={each => limit({ processes: each })}
        />
        <Figure
          label="Output, MiB"
          value={Math.round((stepLimits.output ?? 16 * MIB) / MIB)}
          max={100_000}
          onChange={each => limit({ output: each * MIB })}
        />
      </div>
      {jobs > 1 && (
        <p className="replay-why t2">
          Only steps that say what they read and write run at once; the evidence is the same, or they run
          again one by one.
        </p>
      )}
    </FormGroup>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

function Figure({ label, value, max, onChange }: FigureProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is inside
    <label>
      <span className="t2">{label}</span>
      <NumericInput
        size="small"
        fill
        min={1}
        max={max}
        minorStepSize={null}
        buttonPosition="none"
        clampValueOnBlur
        value={value}
        onValueChange={each => Number.isInteger(each) && each >= 1 && onChange(Math.min(each, max))}
      />
    </label>
  );
}
