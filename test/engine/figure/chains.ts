import fc from 'fast-check';
import type { FigureChain, FigureStep } from '../../../main/engine/figure/index.ts';

/** A step that ran a program. */
export function ran(
  number: number,
  stage: string,
  program: string,
  read: readonly string[],
  wrote: readonly string[],
): FigureStep {
  return {
    ...{ number, id: `step-${number}`, stage, title: `Step ${number}`, action: 'run', program },
    ...{ outcome: 'done', wrote, read, awaited: [] },
  };
}

/** A step that did not run, and what it is to write. */
export function waiting(
  number: number,
  stage: string,
  program: string,
  read: readonly string[],
  awaited: readonly string[],
): FigureStep {
  return { ...ran(number, stage, program, read, []), outcome: 'not-run', awaited };
}

type Artifact = FigureChain['artifacts'][number];

/** A file with its verdict; among the results unless told otherwise. */
export function left(
  path: string,
  step: number | null,
  verdict: Artifact['verdict'],
  more: Partial<Artifact> = {},
): Artifact {
  return { path, after: null, step, size: 1, sha256: null, verdict, result: verdict !== null, ...more };
}

/** A chain that begins with one seed. */
export function chainOf(steps: readonly FigureStep[], artifacts: readonly Artifact[]): FigureChain {
  const stages = [...new Set(steps.map(step => step.stage))].map(id => ({ id, title: `Stage ${id}` }));
  const seed = { name: 'hex0-seed', path: 'seed/hex0-seed', seed: { size: 276 }, matches: true };
  return { seeds: [seed], stages, steps, artifacts };
}

/** So many steps over so many stages: each run by what the step before made, by one of the first tools, or by the seed. */
export function longChain(steps: number, stages: number): FigureChain {
  const program = (i: number) =>
    i === 0 ? 'seed/hex0-seed' : i % 3 === 0 ? `bin/p${i - 1}` : `bin/p${(i * 7) % Math.min(i, 40)}`;
  const all = Array.from({ length: steps }, (_, i) =>
    ran(i + 1, `s${Math.floor((i * stages) / steps)}`, program(i), i > 0 ? [`tmp/t${i - 1}`] : [], [
      `bin/p${i}`,
      `tmp/t${i}`,
    ]),
  );
  return chainOf(
    all,
    all.flatMap(({ number, wrote: [made = '', between = ''] }) => [
      left(made, number, number % 97 === 5 ? 'differs' : 'reproduced'),
      left(between, number, null),
    ]),
  );
}

const OUTCOMES = ['done', 'done', 'done', 'failed', 'not-run'] as const;

/** Chains in which each step's program, what it reads, its stage and its end are chosen freely among what is there. */
export const anyChain: fc.Arbitrary<FigureChain> = fc
  .array(
    fc.record({
      ...{ program: fc.nat(), read: fc.array(fc.nat(), { maxLength: 4 }), stage: fc.nat(8) },
      ...{ shown: fc.boolean(), makes: fc.integer({ min: 0, max: 9 }) },
      ...{ end: fc.constantFrom(...OUTCOMES), again: fc.boolean() },
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map(choices => {
    const there = ['seed/hex0-seed', 'usr/bin/stranger'];
    const artifacts: Artifact[] = [];
    const steps = choices.map(({ program, read, stage, shown, makes, end, again }, i) => {
      const wrote = Array.from({ length: makes }, (_, k) =>
        again && k === 0 ? 'bin/again' : `bin/f${i}-${k}`,
      );
      const pick = (n: number) => there[n % there.length] ?? '';
      const made = (end === 'not-run' ? waiting : ran)(
        i + 1,
        `s${stage}`,
        pick(program),
        read.map(pick),
        wrote,
      );
      for (const path of wrote)
        if (end !== 'not-run') artifacts.push(left(path, i + 1, shown ? 'reproduced' : null));
      there.push(...wrote);
      return { ...made, outcome: end };
    });
    artifacts.push(left('never/made', null, 'missing', { result: false }));
    return chainOf(steps, artifacts);
  });
