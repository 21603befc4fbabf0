/** Builds what Electron runs into dist/app: the bundled main process and preload, and the page. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { declaredElectron } from './electron-runtime.ts';
import { alone } from './lock.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** The folder that Electron runs. */
export const APP = join(DIST, 'app');

/** What a build is made from, besides the packages that the lockfile names. */
const SOURCES = [
  'renderer/**',
  'preload/**',
  'main/desktop/**',
  'main/contract/**',
  'package.json',
  'package-lock.json',
  'scripts/build.ts',
];

/** The Chromium that the oldest Electron in use has; the same for every part. */
const TARGET = 'chrome130';

function bundle(entry: string, file: string, format: 'es' | 'cjs'): InlineConfig {
  return {
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      ssr: join(ROOT, entry),
      target: format === 'es' ? 'node20' : TARGET,
      minify: false,
      emptyOutDir: false,
      rollupOptions: { output: { format, entryFileNames: file, codeSplitting: false } },
    },
  };
}

function into(folder: string, config: InlineConfig): Promise<unknown> {
  return build({ ...config, build: { ...config.build, outDir: folder } });
}

/** One hash of everything that a build is made from. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true })
    .filter(item => item.isFile())
    .map(item => join(item.parentPath, item.name))
    .sort();
  for (const file of files) hash.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

async function buildInto(folder: string): Promise<void> {
  const { version, license, description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  await into(folder, bundle('main/desktop/main.ts', 'main.js', 'es'));
  await into(folder, bundle('preload/index.ts', 'preload.cjs', 'cjs'));
  await into(join(folder, 'renderer'), {
    configFile: join(ROOT, 'renderer', 'vite.config.ts'),
    logLevel: 'warn',
  });
  const write = (name: string, value: object) =>
    writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  write('build.json', { assay: version, electron: declaredElectron() });
  write('package.json', {
    name: 'assay',
    productName: 'Assay',
    version,
    description,
    license,
    type: 'module',
    main: 'main.js',
  });
}

/** Builds dist/app if its sources have changed since the last time. The folder is changed as a whole; parallel starts wait. */
export async function buildApp(): Promise<void> {
  const stamp = join(DIST, 'app.sources');
  const isCurrent = (hash: string) =>
    existsSync(APP) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  const wanted = sourcesHash();
  if (isCurrent(wanted)) return;
  await alone(join(DIST, 'app.lock'), async () => {
    if (isCurrent(wanted)) return;
    process.stderr.write('Building the window…\n');
    const folder = join(DIST, 'app.new');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await buildInto(folder);
    rmSync(APP, { recursive: true, force: true });
    renameSync(folder, APP);
    writeFileSync(stamp, wanted);
  });
}

if (import.meta.main) await buildApp();
