/** `npm run dist [TARGET…]`: packages that this machine can make, into dist/package, and why not the others. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildApp } from './build.ts';
import { declaredElectron, type ElectronRuntime, electronRuntime } from './electron-runtime.ts';
import { stage } from './package/stage.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** The unpacked package that `npm run dist dir` leaves. */
export const UNPACKED = join(DIST, 'package', 'linux-unpacked');

/** What the window and its packages are called: as a release, and on another Electron than the declared one. */
const NAMES = {
  release: { product: 'Assay', package: 'assay' },
  development: { product: 'Assay Development Build', package: 'assay-development' },
};

function find(program: string): string | null {
  const paths = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, program));
  const usable = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return paths.find(usable) ?? null;
}

/** Targets besides the folder, and what each needs that this machine lacks; null when it can be made. */
const TARGETS: Readonly<Record<string, () => string | null>> = {
  'tar.gz': () => (find('7za') ? null : '7za is missing: apt-get install p7zip-full'),
  deb: () => (find('dpkg-deb') ? null : 'dpkg-deb is missing: packages for Debian are made on Debian'),
  AppImage: () => 'its start program comes from GitHub only; with that in reach: npm run dist -- AppImage',
  rpm: () => (find('rpmbuild') ? 'fpm is missing' : 'rpmbuild and fpm are missing'),
  mac: () => 'packages for macOS are made on macOS',
  win: () => 'packages for Windows are made on Windows',
};

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function electronBuilder(args: readonly string[]): boolean {
  const program = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
  const { status } = spawnSync(process.execPath, [program, '--publish', 'never', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      ASSAY_NODE: process.execPath,
      CUSTOM_FPM_PATH: join(import.meta.dirname, 'package', 'fpm'),
      ELECTRON_BUILDER_7ZIP_PATH: find('7za') ?? '',
      ELECTRON_BUILDER_COMPRESSION_LEVEL: process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL ?? '1',
    },
  });
  return status === 0;
}

/** Electron without the loader that development needs: a package loads nothing but its own archive. */
function plainElectron(runtime: ElectronRuntime): string {
  const folder = join(DIST, 'electron');
  rmSync(folder, { recursive: true, force: true });
  const loader = join(runtime.dist, 'resources', 'app');
  cpSync(runtime.dist, folder, { recursive: true, filter: path => path !== loader });
  return folder;
}

/** Makes the unpacked package. Gives what electron-builder has to be told to make others of it. */
async function makeFolder(): Promise<string[] | null> {
  const runtime = await electronRuntime();
  const names = runtime.standIn ? NAMES.development : NAMES.release;
  const development = runtime.standIn
    ? `Electron ${runtime.version} stands in for ${declaredElectron()}`
    : null;
  await buildApp();
  stage(names.product, development);
  const settings = [
    `-c.electronDist=${plainElectron(runtime)}`,
    `-c.electronVersion=${runtime.version}`,
    `-c.productName=${names.product}`,
    `-c.linux.artifactName=${names.package}-\${version}-\${arch}.\${ext}`,
    `-c.deb.packageName=${names.package}`,
  ];
  if (development) say(`${development}: this is a development build, and says so.`);
  return electronBuilder(['--linux', 'dir', ...settings]) ? settings : null;
}

async function main(asked: readonly string[]): Promise<number> {
  if (process.platform !== 'linux') {
    say('assay: packages are made on Linux so far');
    return 3;
  }
  const settings = await makeFolder();
  if (!settings) return 1;
  say(`dir: ${UNPACKED}`);
  const wanted = asked.length > 0 ? asked.filter(target => target !== 'dir') : Object.keys(TARGETS);
  let failed = 0;
  for (const target of wanted) {
    const reason = asked.includes(target) ? null : (TARGETS[target]?.() ?? null);
    if (reason) say(`${target}: not made. ${reason}`);
    else if (!electronBuilder(['--linux', target, '--prepackaged', UNPACKED, ...settings])) failed += 1;
  }
  return failed > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
