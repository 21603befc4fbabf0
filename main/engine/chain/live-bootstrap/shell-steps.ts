import type { Expectation, ProgramStep } from '../plan.ts';
import type { Directive } from './manifest.ts';
import type { PlacedTree } from './placed-tree.ts';
import { BASH_START, endsScript } from './scripts.ts';
import { readSums } from './sums.ts';

const IMPROVEMENT_LIMIT = 1 << 20;
const PACKAGES = 'external/repo';
/** Hashes of the packages that bash builds, from the root. */
export const PACKAGE_SUMS = 'steps/SHA256SUMS.pkgs';

/** A step of the bash phases before it has a number, and what its package should be. */
export interface ShellStep {
  readonly step: ProgramStep;
  /** The name of the package that it leaves; null for a step that builds none. */
  readonly package: string | null;
  readonly expected: Pick<Expectation, 'path' | 'sha256' | 'origin'>[];
}

/**
 * The steps after the first bash: one for each directive, run by a bash of its own that begins as upstream's scripts do. What a shell
 * had only in its memory from the steps before is not there; what they wrote to `steps/env` and `steps/bootstrap.cfg` is.
 * `start` is the step with which kaem would start the first script.
 */
export function shellSteps(
  directives: readonly Directive[],
  start: ProgramStep,
  tree: PlacedTree,
): ShellStep[] {
  const first = directives.findIndex(endsScript) + 1;
  const sums = Map.groupBy(readSums(PACKAGE_SUMS, `/${PACKAGES}`, tree), sum => sum.path);
  const made = new Map<string, string[]>();
  let { environment } = start;
  let script = Number(/(\d+)\.sh$/.exec(start.argv[1] ?? '')?.[1] ?? 1);
  return directives.slice(first).map((directive): ShellStep => {
    const { kind, argument, pass, origin } = directive;
    const line = lineOf(directive);
    const step = {
      ...start,
      id: `${kind === 'build' ? '' : `${kind}-`}${slug(argument)}${kind === 'build' ? `-pass${pass}` : ''}`,
      stage: `steps/${script}.sh`,
      title: line,
      origin,
      argv: [start.argv[0] ?? 'bash', '-c', `${BASH_START}${line}\n`],
      environment,
    };
    if (kind === 'improve') environment = withoutUnset(environment, argument, tree);
    if (endsScript(directive)) script += 1;
    if (kind !== 'build') return { step, package: null, expected: [] };
    const name = `${argument}_${countOf(made, argument)}.tar.bz2`;
    const known = made.get(argument);
    if (known) known.push(name);
    else made.set(argument, [name]);
    return { step, package: name, expected: sums.get(`${PACKAGES}/${name}`) ?? [] };
  });
}

/** How many packages were made whose names begin so, which is what upstream counts; by what they were built from. */
function countOf(made: ReadonlyMap<string, readonly string[]>, argument: string): number {
  let count = 0;
  for (const [name, files] of made) {
    if (name.startsWith(argument)) count += files.length;
    else if (argument.startsWith(`${name}_`)) count += files.filter(file => file.startsWith(argument)).length;
  }
  return count;
}

function lineOf({ kind, argument, pass }: Directive): string {
  if (kind === 'build') return `build ${argument} pass${pass}.sh`;
  return kind === 'improve' ? `. /steps/improve/${argument}.sh` : `uninstall ${argument}`;
}

/**
 * The variables without those that a script takes away, which it does in lines of nothing but `unset` and names. They were
 * exported by kaem, and a shell that sources the script no longer hands them on.
 */
function withoutUnset(
  environment: readonly [string, string][],
  improvement: string,
  tree: PlacedTree,
): [string, string][] {
  const script = tree.read(`steps/improve/${improvement}.sh`, IMPROVEMENT_LIMIT).toString('latin1');
  const names = [...script.matchAll(/^unset((?: +[A-Za-z_][A-Za-z0-9_]*)+) *$/gm)].flatMap(([, words]) =>
    (words ?? '').trim().split(/ +/),
  );
  return environment.filter(([name]) => !names.includes(name));
}

function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^a-z0-9._+-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 70);
}
