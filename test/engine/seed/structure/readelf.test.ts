import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type StructureNode, structureOf } from '../../../../main/engine/seed/index.ts';
import { dynamicElf } from '../../../support/dynamic-elf.ts';
import { temporaryFolder } from '../../../support/folders.ts';

const READELF = '/usr/bin/readelf';
const skip = existsSync(READELF) ? false : 'binutils is not installed: nothing to hold the structure against';
const folder = temporaryFolder();

/** Programs of this machine, and files made by hand in both classes and byte orders. */
function samples(): string[] {
  const own = ['/bin/sh', '/usr/bin/env', READELF].filter(path => existsSync(path));
  const made = ([32, 64] as const).flatMap(bits =>
    (['little', 'big'] as const).map(order => {
      const path = join(folder, `${order}-${bits}`);
      const bytes = dynamicElf({
        ...{ bits, order, machine: bits === 64 ? 183 : 40 },
        entries: [
          [1, 'libc.so.6'],
          [29, '/opt/lib'],
          [0x6ffffffb, 0x8000009],
        ],
        symbols: ['begin', 'middle', 'end'],
        relocations: [
          [bits === 64 ? 1025 : 21, 2, 0x10010],
          [bits === 64 ? 1027 : 23, 0, 0x10018],
        ],
      });
      writeFileSync(path, bytes);
      return path;
    }),
  );
  return [...own, ...made];
}

function readelf(...args: string[]): string {
  return execFileSync(READELF, ['-W', ...args], {
    encoding: 'latin1',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** The parts of each table whose value ends with a word, as many as are shown. */
function tables(nodes: readonly StructureNode[], word: RegExp): { value: string; parts: StructureNode[] }[] {
  return nodes
    .filter(({ value, label }) => word.test(value ?? '') && label !== 'Named by nothing')
    .map(({ id, value }) => ({ value: value ?? '', parts: nodes.filter(({ parent }) => parent === id) }));
}

const numberIn = (text: string) => Number(text.replaceAll(',', '').split(' ')[0]);

test('the dynamic section says what readelf says', { skip }, () => {
  for (const path of samples()) {
    const lines = [...readelf('-d', path).matchAll(/^ 0x[0-9a-f]+ \((\w+)\)[ \t]*(.*)$/gm)];
    const { nodes } = structureOf(readFileSync(path));
    const own = nodes.filter(({ id }) => /\/entry-\d+$/.test(id));
    assert.deepEqual(
      own.map(({ label }) => label),
      lines.map(([, tag]) => tag),
      path,
    );
    lines.forEach(([line, , said = ''], i) => {
      const text = /\[(.*)\]$/.exec(said)?.[1] ?? /^Flags: (.*)$/.exec(said)?.[1]?.trim();
      if (text !== undefined) assert.equal(own[i]?.value, text, line);
    });
  }
});

test('symbols are those that readelf lists', { skip }, () => {
  for (const path of samples()) {
    const own = tables(structureOf(readFileSync(path)).nodes, / symbols?$/);
    const theirs = readelf('-s', path)
      .split(/^(?=Symbol table )/m)
      .slice(1);
    assert.equal(own.length, theirs.length, path);
    theirs.forEach((text, i) => {
      const { value = '', parts = [] } = own[i] ?? {};
      assert.equal(numberIn(value), Number(/contains (\d+)/.exec(text)?.[1]), path);
      const rows = [...text.matchAll(/^ +\d+: ([0-9a-f]+) +(?:\S+ +){5}(\S*)(?: \(\d+\))?$/gm)];
      parts.forEach((part, j) => {
        const [row, address, name = ''] = rows[j] ?? [];
        assert.equal(BigInt(part.value ?? 0), BigInt(`0x${address}`), row);
        if (name !== '' && !name.startsWith('.')) assert.equal(part.label, name.replace(/@.*$/, ''), row);
      });
    });
  }
});

test('relocations have the types and places that readelf gives', { skip }, () => {
  for (const path of samples()) {
    const own = tables(structureOf(readFileSync(path)).nodes, / relocations?$/);
    const theirs = readelf('-r', path)
      .split(/^(?=Relocation section )/m)
      .slice(1)
      .filter(text => !text.includes("'.relr"));
    const kept = own.filter(({ parts }) => parts.some(({ id }) => id.includes('/relocation-')));
    assert.equal(kept.length, theirs.length, path);
    theirs.forEach((text, i) => {
      const { value = '', parts = [] } = kept[i] ?? {};
      assert.equal(numberIn(value), Number(/contains (\d+)/.exec(text)?.[1]), path);
      const rows = [...text.matchAll(/^([0-9a-f]{8,}) +[0-9a-f]+ +(\S+)/gm)];
      parts.forEach(({ label, meaning }, j) => {
        const [row, place, type] = rows[j] ?? [];
        assert.deepEqual([label, meaning], [type, `changes 0x${BigInt(`0x${place}`).toString(16)}`], row);
      });
    });
  }
});

test('the build id is the one that readelf gives', { skip }, () => {
  for (const path of samples()) {
    const id = /Build ID: ([0-9a-f]+)/.exec(readelf('-n', path))?.[1];
    const { nodes } = structureOf(readFileSync(path));
    if (id)
      assert.ok(
        nodes.some(({ meaning }) => meaning === `the build, by hash: ${id}`),
        path,
      );
  }
});
