import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kit, loadKit, type Plan, readSteps } from '../../main/engine/chain/index.ts';
import { temporaryFolder } from '../support/folders.ts';

/** Why the kit's programs cannot run on this machine, or false. */
export const lacking =
  process.platform === 'linux' && process.arch === 'x64'
    ? false
    : 'the programs of this kit are for Linux on amd64';

/** What a run of a program of the kit left. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a run of an assembler left: `out` is null when it made no OUT. */
export interface Assembly extends Run {
  readonly out: Buffer | null;
}

/** Ten seconds for one program: they take some milliseconds. */
const TIMEOUT = 10_000;

/** The embedded kit's chain in a temporary folder, built by its own steps with an empty environment and no container. */
export class Chain {
  readonly kit: Kit = loadKit('bedrock-amd64');
  readonly plan: Plan = readSteps(this.kit);
  /** The tree: a copy of the bundle, and what the steps wrote. */
  readonly root: string;
  /** A folder to work in, beside the tree. */
  readonly work: string;

  /** Without `build`, only the bundle is there. */
  constructor(build = true) {
    const folder = temporaryFolder();
    this.root = join(folder, 'root');
    this.work = join(folder, 'work');
    mkdirSync(this.work);
    assert.ok(this.kit.bundleFolder);
    cpSync(this.kit.bundleFolder, this.root, { recursive: true });
    if (build && !lacking) this.#build();
  }

  #build(): void {
    for (const step of this.plan.steps) {
      if (step.action === 'mkdir') mkdirSync(join(this.root, step.path));
      else if (step.action === 'run') {
        for (const input of step.inputs) assert.ok(existsSync(join(this.root, input)), input);
        const { status, stderr } = spawn(join(this.root, step.program), step.argv.slice(1), this.root);
        assert.equal(status, 0, `${step.id}: ${stderr}`);
        for (const output of step.outputs) assert.ok(existsSync(join(this.root, output)), output);
      }
    }
  }

  /** The bytes of a file of the tree. */
  read(path: string): Buffer {
    return readFileSync(join(this.root, path));
  }

  /** The text of a source of the tree, one character a byte. */
  source(name: string): string {
    return readFileSync(join(this.root, 'src', name), 'latin1');
  }

  /** Runs a program of the tree in the work folder. */
  run(program: string, ...args: string[]): Run {
    return spawn(join(this.root, program), args, this.work);
  }

  /** Writes a file into the work folder, text as one byte a character, and returns its name. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.work, name), content, typeof content === 'string' ? 'latin1' : null);
    return name;
  }

  /** Runs an assembler over a source. */
  assemble(program: string, source: string | Uint8Array): Assembly {
    const out = join(this.work, 'out');
    rmSync(out, { force: true });
    const run = this.run(program, this.write('in', source), 'out');
    return { ...run, out: existsSync(out) ? readFileSync(out) : null };
  }
}

/** Runs a program to its end, with an empty environment if none is given. */
export function spawn(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
): Run {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: environment,
    encoding: 'latin1',
    timeout: TIMEOUT,
    maxBuffer: 16 << 20,
  });
  return { status, stdout, stderr };
}
