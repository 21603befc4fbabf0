import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../main/engine/base/index.ts';
import { compileTool } from '../engine/replay/tool.ts';

/** A step of a kit of the test program: what it does, and the files that it says it reads and writes. */
export interface ToolStep {
  readonly operations: readonly string[];
  readonly stage?: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
}

/** Why there is no kit of the test program here, for a test's `skip`. */
export const noTool: string | false = compileTool() ? false : 'no C compiler (apt-get install gcc libc6-dev)';

/** A second program that lies in the bundle as it is: no seed, and nobody makes it. */
export const STRANGER = 'src/stranger';

/**
 * Writes a kit whose seed is the test program, and whose steps do what they are told. Its bundle holds `src/a.txt`, `src/b.txt` and the
 * stranger. Gives the kit's folder.
 */
export function writeToolKit(folder: string, steps: readonly ToolStep[], more = ''): string {
  const tool = readFileSync(compileTool() ?? '');
  const bundle = join(folder, 'bundle');
  for (const name of ['seed', 'src']) mkdirSync(join(bundle, name), { recursive: true });
  writeFileSync(join(bundle, 'seed/tool'), tool, { mode: 0o755 });
  writeFileSync(join(bundle, STRANGER), Buffer.concat([tool, Buffer.from('!')]), { mode: 0o755 });
  for (const name of ['a', 'b']) writeFileSync(join(bundle, `src/${name}.txt`), `source ${name}\n`);
  const stages = [...new Set(steps.map(stageOf))];
  const text = [
    'format = 1',
    '[kit]\nid = "tool"\ntitle = "Tool"\nversion = "1"\narchitecture = "amd64"',
    'summary = "Does what it is told."\npublisher = "nobody"\nbundle = "bundle"',
    `[[seed]]\nname = "tool"\npath = "seed/tool"\nsize = ${tool.length}\nsha256 = "${sha256Of(tool)}"`,
    '[plan]\nreader = "steps"\nresults = ["out"]',
    ...stages.map(id => `[[plan.stage]]\nid = "${id}"\ntitle = "Stage ${id}"`),
    `[[plan.step]]\nid = "folder"\nstage = "${stages[0]}"\ntitle = "Folder"\naction = "mkdir"\npath = "out"`,
    ...steps.map(stepText),
    more,
  ];
  writeFileSync(join(folder, 'kit.toml'), `${text.join('\n\n')}\n`);
  return folder;
}

function stageOf({ stage = 'one' }: ToolStep): string {
  return stage;
}

function stepText(step: ToolStep, i: number): string {
  const { operations, inputs = [], outputs = [] } = step;
  const list = (words: readonly string[]) => JSON.stringify(words);
  return [
    `[[plan.step]]\nid = "step-${i + 2}"\nstage = "${stageOf(step)}"\ntitle = "Step ${i + 2}"`,
    `argv = ${list(['seed/tool', ...operations])}`,
    `inputs = ${list(inputs)}\noutputs = ${list(outputs)}\ntimeout = 600`,
  ].join('\n');
}
