/**
 * Makes a deb from the arguments that electron-builder gives to fpm, by dpkg-deb: fpm itself is a Ruby program that no
 * package registry at hand has. Files come as SOURCE=TARGET, a folder's content with a slash at its end.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const TEXT = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'input-type': { ...TEXT, short: 's' },
    'output-type': { ...TEXT, short: 't' },
    depends: { ...TEXT, short: 'd', multiple: true, default: [] },
    'deb-recommends': { ...TEXT, multiple: true, default: [] },
    'deb-compression': TEXT,
    'deb-priority': TEXT,
    force: { type: 'boolean' },
    architecture: TEXT,
    'after-install': TEXT,
    'after-remove': TEXT,
    description: TEXT,
    version: TEXT,
    package: TEXT,
    name: TEXT,
    maintainer: TEXT,
    vendor: TEXT,
    url: TEXT,
    category: TEXT,
    license: TEXT,
  },
});

if (values['output-type'] !== 'deb' || !values.package) throw new Error('only debs can be made here');

function controlFile(): string {
  const [synopsis = '', ...rest] = (values.description ?? '').split('\n').filter(line => line.trim());
  return [
    `Package: ${values.name}`,
    `Version: ${values.version}`,
    `Architecture: ${values.architecture}`,
    `Maintainer: ${values.maintainer}`,
    `Priority: ${values['deb-priority'] ?? 'optional'}`,
    `Section: ${(values.category ?? 'utils').toLowerCase()}`,
    `Depends: ${values.depends.join(', ')}`,
    ...(values['deb-recommends'].length > 0 ? [`Recommends: ${values['deb-recommends'].join(', ')}`] : []),
    `Description: ${synopsis.trim()}`,
    ...rest.map(line => ` ${line.trim()}`),
    '',
  ].join('\n');
}

function place(tree: string, mapping: string): void {
  const at = mapping.lastIndexOf('=');
  const source = mapping.slice(0, at);
  const target = join(tree, mapping.slice(at + 1));
  mkdirSync(source.endsWith('/') ? target : dirname(target), { recursive: true });
  // Links stay links, also the one that leads to where the package will lie.
  const { status } = spawnSync('cp', ['-a', source.endsWith('/') ? `${source}.` : source, target], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${source} could not be copied`);
}

const folder = mkdtempSync(join(tmpdir(), 'assay-deb-'));
try {
  const tree = join(folder, 'tree');
  mkdirSync(tree, { mode: 0o755 });
  for (const mapping of positionals) place(tree, mapping);
  const control = join(tree, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(join(control, 'control'), controlFile());
  for (const [name, script] of [
    ['postinst', values['after-install']],
    ['postrm', values['after-remove']],
  ] as const)
    if (script) writeFileSync(join(control, name), readFileSync(script), { mode: 0o755 });
  const compression = values['deb-compression'] === 'gz' ? 'gzip' : 'xz';
  const args = ['--root-owner-group', `-Z${compression}`, '--build', tree, values.package];
  process.exitCode = spawnSync('dpkg-deb', args, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
