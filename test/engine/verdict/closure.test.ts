/** Trust closure over what real steps were seen to do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { judge } from '../../../main/engine/verdict/index.ts';
import { evidenceOf } from '../../support/evidence.ts';
import type { SourceFile } from '../replay/sources.ts';
import { lacking, machine, play, toolStep } from '../replay/stand.ts';

const TOOL = machine.tool ? readFileSync(machine.tool) : Buffer.alloc(0);
/** A finished program that came with the bundle: the tool with a byte more, so that it has another hash. */
const FINISHED = Buffer.concat([TOOL, Buffer.from('x')]);
const SHELL_SCRIPT = '#! /tool chdir\n';

/** Replays steps over sources and judges the closure of what was recorded. */
async function closureOf(steps: string[][], files: Record<string, SourceFile> = {}) {
  const sources: Record<string, SourceFile> = { 'pre/cc': { content: FINISHED, mode: 0o755 }, ...files };
  const plan = steps.map((operations, i) => toolStep(i + 1, operations));
  const { records } = await play(plan, sources);
  const hashes = new Map(
    Object.entries(sources).flatMap(([path, file]) =>
      'content' in file ? [[path, sha256Of(file.content)] as const] : [],
    ),
  );
  const evidence = evidenceOf();
  const [seed] = evidence.seeds;
  assert.ok(seed);
  const entry = (path: string, sha256: string) =>
    ({
      path,
      type: 'file',
      mode: 0o755,
      size: 1,
      offset: 0,
      sha256,
      target: null,
      kind: 'elf',
      flags: [],
    }) as const;
  return judge({
    ...evidence,
    records,
    seeds: [{ ...seed, path: 'tool', seed: { sha256: sha256Of(TOOL), size: TOOL.length } }],
    tree: { format: 1, results: [], unaccounted: [] },
    source: path => {
      const sha256 = hashes.get(path);
      return sha256 === undefined ? undefined : entry(path, sha256);
    },
    inBundle: sha256 => [...hashes.values()].includes(sha256),
  });
}

test('a finished program of the bundle breaks closure however it got to where it ran', {
  skip: lacking,
}, async () => {
  const ways: [string[], string][] = [
    [['nothing'], 'pre/cc'],
    [['copy', 'pre/cc', 'cc'], './cc'],
    [['link', 'pre/cc', 'cc'], './cc'],
    [['rename', 'pre/cc', 'cc'], './cc'],
    [['rename', 'pre', 'post'], 'post/cc'],
    [['chmod', '700', 'pre/cc'], 'pre/cc'],
    [['symlink', 'pre/cc', 'cc'], './cc'],
    [['copy', 'pre/cc', 'c1', ';', 'rename', 'c1', 'cc'], './cc'],
  ];
  for (const [operations, path] of ways) {
    const judgement = await closureOf([operations, ['exec', path, 'nothing']]);
    assert.equal(judgement.closure.state, 'broken', operations.join(' '));
    const [finding] = judgement.findings.filter(each => each.code === 'closure.foreign-program');
    assert.match(finding?.message ?? '', /bundle|took it over/, operations.join(' '));
    // In one step as in two.
    const once = await closureOf([[...operations, ';', 'exec', path, 'nothing']]);
    assert.equal(once.closure.state, 'broken', operations.join(' '));
  }
});

test('what programs of the chain wrote is inside, also when it is gone again', {
  skip: lacking,
}, async () => {
  const made = ['copy', 'tool', 'b', ';', 'append', 'b', 'y', ';'];
  const kept = await closureOf(
    [
      [...made, 'exec', './b', 'nothing'],
      ['exec', './b', 'nothing'],
    ],
    {
      'pre/cc': { content: 'no program' },
    },
  );
  assert.deepEqual([kept.closure.state, kept.closure.passing], ['held', 0]);
  const gone = [...made, 'exec', './b', 'nothing', ';', 'unlink', 'b'];
  const passed = await closureOf([gone], { 'pre/cc': { content: 'no program' } });
  assert.deepEqual([passed.closure.state, passed.closure.passing], ['held', 1]);
  // What ran may have been a script, and this its interpreter.
  const beside = await closureOf([gone]);
  assert.equal(beside.closure.state, 'broken');
});

test('a script of the bundle is a source that its interpreter reads', { skip: lacking }, async () => {
  const files = { run: { content: SHELL_SCRIPT, mode: 0o755 } };
  const held = await closureOf([['exec', './run']], files);
  assert.deepEqual([held.closure.state, held.closure.scripts], ['held', 1]);
  const broken = await closureOf([['exec', './run']], {
    run: { content: '#! /pre/cc chdir\n', mode: 0o755 },
  });
  assert.equal(broken.closure.state, 'broken');
});
