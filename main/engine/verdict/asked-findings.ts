import { inertText } from '../../contract/inert.ts';
import type { SeenAsking } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';
import type { Draft } from './step-findings.ts';

/** How a file's name was asked for, and which steps did. */
interface Asking {
  readonly asked: SeenAsking;
  readonly how: keyof typeof WORDS;
  readonly steps: Set<string>;
}

const ABOUT: Record<SeenAsking['about'], string> = {
  clock: 'tells of the clock',
  random: 'gives random numbers',
  machine: 'tells of the machine',
};

const WORDS = {
  outside: { code: 'step.machine-read', severity: 'high', did: 'read', rest: ', and it is not of the tree' },
  tree: {
    code: 'step.machine-name',
    severity: 'low',
    did: 'read',
    rest: '; it was a file of the tree, the same in every replay',
  },
  failed: { code: 'step.machine-asked', severity: 'note', did: 'asked for', rest: ' and got nothing' },
} as const;

/** Every file that tells of clock, random numbers or the machine and that a step opened or tried to, each once for all steps. */
export function askedFindings({ records, machine }: Pick<Evidence, 'records' | 'machine'>): Draft[] {
  // What an emulator asks for itself cannot be told from what its program asks.
  const emulated = machine.emulator ? `: the program, or ${machine.emulator.name} that ran it` : '';
  const askings = new Map<string, Asking>();
  for (const { step, observation } of records) {
    for (const asked of observation?.asked ?? []) {
      const how = asked.result === 'outside' || asked.result === 'tree' ? asked.result : 'failed';
      const key = `${WORDS[how].code}:${asked.path}`;
      const known = askings.get(key);
      if (known) known.steps.add(step);
      else askings.set(key, { asked, how, steps: new Set([step]) });
    }
  }
  return [...askings].map(([key, { asked, how, steps }]) => {
    const { code, severity, did, rest } = WORDS[how];
    const [first] = steps;
    const who = steps.size === 1 ? `step ${first}` : `${steps.size} steps, ${first} the first,`;
    const message = `${who} ${did} ${inertText(asked.path)}, which ${ABOUT[asked.about]}${rest}${emulated}`;
    return { key, code, severity, message, where: asked.path };
  });
}
