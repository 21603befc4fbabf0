// Runs a TypeScript file of the project on Assay's own Node after setting up what is missing for a purpose that setup.mjs
// names: node scripts/run.mjs PURPOSE FILE [ARGUMENT…]
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeForAssay, setUp } from './setup.mjs';

/** The flags that Assay runs with. A small young generation: importing 100,000 files then stays under 150 MB and is no slower. */
const FLAGS = JSON.parse(readFileSync(new URL('../main/contract/node-flags.json', import.meta.url), 'utf8'));

/** Where Node keeps what it made of the project's TypeScript: a command then starts in half the time. Not kept where it cannot be written. */
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

/** Runs a file with these arguments and ends this process as it ends. */
export function runFile(file, args) {
  const node = nodeForAssay();
  // What the file starts by the name `node` is to be the same one.
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const env = { NODE_COMPILE_CACHE: COMPILED, ...process.env, PATH: path };
  const child = spawn(node, [...FLAGS, file, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [purpose, file, ...args] = process.argv.slice(2);
  setUp(purpose);
  runFile(resolve(file), args);
}
