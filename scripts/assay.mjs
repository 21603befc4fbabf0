#!/usr/bin/env node
// The `assay` command with its set-up: installs what is missing, then runs main/cli on Assay's own Node.
import { fileURLToPath } from 'node:url';
import { runFile } from './run.mjs';
import { setUp } from './setup.mjs';

setUp('audit');

// npm runs scripts in the project's folder; paths are meant relative to where the user is.
if (process.env.npm_lifecycle_event && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

const args = process.argv.slice(2);
// `npm run assay audit --json` without `--` before it: npm keeps the flag to itself and says so here.
if (process.env.npm_config_json === 'true' && !args.includes('--json')) args.push('--json');

runFile(fileURLToPath(new URL('../main/cli/main.ts', import.meta.url)), args);
