/** `npm start`: opens the window from the sources, built when they have changed. */
import { spawn } from 'node:child_process';
import { APP, buildApp } from './build.ts';
import { electronRuntime } from './electron-runtime.ts';

function stop(line: string): never {
  process.stderr.write(`assay: ${line}\n`);
  process.exit(3);
}

function needDisplay(): void {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return;
  stop('there is no display; log in to a desktop, or use the command line: npm run assay -- --help');
}

async function runtime() {
  try {
    return await electronRuntime();
  } catch (error) {
    stop(`there is no Electron: ${error instanceof Error ? error.message : String(error)}`);
  }
}

needDisplay();
const { program, standIn, version } = await runtime();
if (standIn)
  process.stderr.write(`Electron ${version} stands in for the declared one: a development build.\n`);
await buildApp();

/** Chromium does not run as root with its sandbox on. */
const asRoot = process.getuid?.() === 0;
if (asRoot)
  process.stderr.write('Started as root: Chromium’s sandbox is off. Start it as a user for real work.\n');
const child = spawn(program, [...(asRoot ? ['--no-sandbox'] : []), APP, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ASSAY_NODE: process.execPath },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
