#!/usr/bin/env node
// The `assay` command with its set-up: installs what is missing, then runs main/cli on Assay's own Node.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { nodeForAssay, setUp } from './setup.mjs';

setUp();

// npm runs scripts in the project's folder; paths are meant relative to where the user is.
if (process.env.npm_lifecycle_event && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

const cli = fileURLToPath(new URL('../main/cli/main.ts', import.meta.url));
const args = process.argv.slice(2);
// `npm run assay audit --json` without `--` before it: npm keeps the flag to itself and says so here.
if (process.env.npm_config_json === 'true' && !args.includes('--json')) args.push('--json');

const child = spawn(nodeForAssay(), ['--disable-warning=ExperimentalWarning', cli, ...args], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
