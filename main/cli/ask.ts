import { createInterface, type Interface } from 'node:readline/promises';
import { inertText } from '../contract/inert.ts';
import { inputError } from '../engine/index.ts';
import type { Ask } from './guide.ts';

/** Most of what is offered is shown at once. */
const SHOWN = 40;

/** Asks on the terminal. Close it when done. Throws `usage.no-terminal`. */
export function askOnTerminal(): Ask & Disposable {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw inputError(
      'usage.no-terminal',
      'there is no terminal to ask on',
      undefined,
      'Take what is found with --yes, and say the rest with options.',
    );
  }
  return askWith(createInterface({ input: stdin, output: stderr }), text => stderr.write(text));
}

/** Asks through an interface that reads lines. */
export function askWith(
  lines: Pick<Interface, 'question' | 'close'>,
  show: (text: string) => void,
): Ask & Disposable {
  const text = async (question: string, preset: string) => {
    const answer = (await lines.question(`${question} [${inertText(preset)}]: `)).trim();
    return answer === '' ? preset : answer;
  };
  return {
    text,
    async choice(question, offered, preset) {
      show(`${question}:\n`);
      offered.slice(0, SHOWN).forEach((name, i) => {
        show(`  ${String(i + 1).padStart(2)} ${preset.includes(name) ? '*' : ' '} ${inertText(name)}\n`);
      });
      if (offered.length > SHOWN) show(`  and ${offered.length - SHOWN} more, to be named in full\n`);
      for (;;) {
        const numbers = preset.map(name => offered.indexOf(name) + 1).join(', ');
        const answer = await text('Numbers or names, with commas', numbers === '' ? 'none' : numbers);
        const chosen = namesIn(answer, offered);
        if (typeof chosen !== 'string') return chosen;
        show(`${inertText(chosen)} is none of these.\n`);
      }
    },
    [Symbol.dispose]: () => lines.close(),
  };
}

/** The names that an answer means; a text for a part that means none. */
function namesIn(answer: string, offered: readonly string[]): string[] | string {
  const names: string[] = [];
  if (answer === 'none') return names;
  for (const part of answer.split(',').map(each => each.trim())) {
    const name = /^\d+$/.test(part) ? offered[Number(part) - 1] : offered.find(each => each === part);
    if (name === undefined) return part;
    names.push(name);
  }
  return names;
}
