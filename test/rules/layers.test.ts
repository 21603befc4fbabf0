import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { INSTALLATION } from '../../main/engine/base/index.ts';

/** Engine folders from the ground up: each may import those before it, through their door. */
const ENGINE = [
  'base',
  'case',
  'bundle',
  'seed',
  'difference',
  'review',
  'chain',
  'replay',
  'image',
  'verdict',
  'figure',
  'report',
  'audit',
  'service',
];
/** What may import what outside the engine, by first folders. `contract` may be imported by all. */
const MAY: Record<string, string[]> = {
  'main/contract': [],
  'main/engine': [],
  'main/cli': ['main/engine'],
  'main/desktop': [],
  preload: [],
  renderer: [],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = globSync('{main,preload,renderer}/**/*.{ts,tsx}', { cwd: INSTALLATION });

const SPECIFIER =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|\bimport\(\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(INSTALLATION, file), 'utf8');
  return [...text.matchAll(SPECIFIER)].map(match => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const to = specifier.startsWith('.') ? relative('.', join(dirname(file), specifier)) : specifier;
    return { from: file, to: to.split(sep).join('/') };
  });
}

const imports = files.flatMap(importsOf);
const area = (path: string) =>
  path.startsWith('main/') ? path.split('/').slice(0, 2).join('/') : (path.split('/')[0] ?? '');
const isOwn = (path: string) => Object.keys(MAY).includes(area(path));
const engineFolder = (path: string) => (path.startsWith('main/engine/') ? (path.split('/')[2] ?? '') : '');

test('the rule sees the imports', () => {
  assert.ok(imports.some(each => each.from === 'main/cli/main.ts' && each.to === 'main/engine/index.ts'));
  assert.ok(imports.length > 200);
});

test('nothing imports upwards, and each part only what it may', () => {
  const wrong = imports.filter(({ from, to }) => {
    if (!isOwn(to) || area(from) === area(to) || area(to) === 'main/contract') return false;
    return !MAY[area(from)]?.includes(area(to));
  });
  assert.deepEqual(wrong, []);
});

test('engine folders import those below them, and only through their door', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [own, other] = [engineFolder(from), engineFolder(to)];
    if (!other || own === other || from === 'main/engine/index.ts') return false;
    if (from.startsWith('main/cli/')) return to !== 'main/engine/index.ts';
    return ENGINE.indexOf(other) >= ENGINE.indexOf(own) || to !== `main/engine/${other}/index.ts`;
  });
  assert.deepEqual(wrong, []);
  assert.deepEqual(
    [...new Set(files.map(engineFolder))].filter(
      folder => folder && folder !== 'index.ts' && !ENGINE.includes(folder),
    ),
    [],
  );
});

test('only desktop imports electron', () => {
  const wrong = imports.filter(
    ({ from, to }) => /^electron(\/|$)/.test(to) && !/^(main\/desktop|preload)\//.test(from),
  );
  assert.deepEqual(wrong, []);
});

/** Where the window tries whether its own refusals work. */
const PROBES = 'main/desktop/network.ts';

test('nothing opens a network connection', () => {
  const wrong = imports.filter(({ to }) =>
    /^(node:)?(net|http|https|http2|tls|dgram|dns|undici|inspector)(\/|$)/.test(to),
  );
  assert.deepEqual(wrong, []);
  const calls = files.filter(
    file =>
      file !== PROBES &&
      /\b(fetch|WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|sendBeacon)\(|import \{[^}]*\bnet\b[^}]*\} from 'electron'/.test(
        readFileSync(join(INSTALLATION, file), 'utf8'),
      ),
  );
  assert.deepEqual(calls, []);
  assert.match(readFileSync(join(INSTALLATION, PROBES), 'utf8'), /fetch\(/);
});
