import { type Plan, type ProgramStep, parseKit, readPlan } from '../../../../main/engine/chain/index.ts';

/** The interpreters of the test kits: `kaem-0` reads the minimal language, `kaem` the full one. */
export type Runner = 'kaem-0' | 'kaem';

/** A kit whose first script is `start`, run by one of the interpreters. */
export function kaemKit(runner: Runner, environment: Record<string, string> = {}) {
  const toml = `format = 1
[kit]
id = "scripts"
title = "Scripts"
version = "1"
architecture = "amd64"
summary = "Scripts for tests."
publisher = "nobody"

[[seed]]
name = "seed"
path = "kaem-0"
size = 4
sha256 = "${'a'.repeat(64)}"

[plan]
reader = "kaem"
runner = "${runner}"
entry = "start"
environment = ${`{ ${Object.entries(environment)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ')} }`}

[[plan.interpreter]]
path = "kaem-0"
dialect = "minimal"

[[plan.interpreter]]
path = "kaem"
dialect = "full"
`;
  const bytes = Buffer.from(toml);
  return { description: parseKit(bytes, 'kit.toml'), bytes, bundleFolder: null };
}

/** What a bundle has: scripts by path; null stands for a folder, a symbol for a link. */
export type Bundle = Record<string, string | Buffer | null | symbol>;
export const LINK = Symbol('link');

/** Reads the script `start`, and what it runs, with the interpreter named. */
export function readScripts(
  runner: Runner,
  scripts: string | Buffer | Bundle,
  environment: Record<string, string> = {},
): Plan {
  const bundle: Bundle =
    typeof scripts === 'string' || Buffer.isBuffer(scripts) ? { start: scripts } : scripts;
  return readPlan(kaemKit(runner, environment), {
    type(path) {
      const content = bundle[path];
      if (content === undefined) return null;
      if (content === null) return 'directory';
      return typeof content === 'symbol' ? 'symlink' : 'file';
    },
    read(path) {
      const content = bundle[path];
      if (typeof content !== 'string' && !Buffer.isBuffer(content)) throw new Error(`no file ${path}`);
      return Buffer.from(content);
    },
  });
}

/** The steps of a plan, all of which run programs. */
export function programs(plan: Plan): ProgramStep[] {
  return plan.steps.filter(step => step.action === 'run');
}

/** The arguments of every step. */
export function argvOf(plan: Plan): string[][] {
  return programs(plan).map(step => step.argv);
}

/** Codes and lines of what the reader noticed. */
export function notesOf(plan: Plan): [code: string, line: number][] {
  return plan.notes.map(note => [note.code, note.origin.line]);
}
