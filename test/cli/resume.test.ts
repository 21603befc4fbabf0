import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { compareDocument, statusDocument } from '../../main/contract/documents.ts';
import { openCase, replayStatus, verifyReport } from '../../main/engine/index.ts';
import { checkReused } from '../../main/engine/report/check-reused.ts';
import { caseSource, readEvidence } from '../../main/engine/report/index.ts';
import { assay, startAssay } from '../support/assay.ts';
import { temporaryFolder } from '../support/folders.ts';
import { noTool, type ToolStep, writeToolKit } from '../support/tool-kit.ts';

const folder = temporaryFolder();

/** A case of a chain of the test program, with its bundle. */
function caseOf(name: string, steps: readonly ToolStep[]): string {
  const kit = writeToolKit(join(folder, `${name}-kit`), steps);
  const theCase = join(folder, name);
  good('case', 'create', theCase, '--kit', kit);
  good('import', theCase, join(kit, 'bundle'));
  return theCase;
}

function good(...args: string[]): string {
  const { status, stdout, stderr } = assay(args);
  assert.equal(status, 0, stderr + stdout);
  return stdout;
}

const statusOf = (theCase: string) =>
  statusDocument.parse(JSON.parse(assay(['status', theCase, '--json']).stdout));

const STEPS = [
  { operations: ['copy', 'src/a.txt', 'out/one'] },
  { operations: ['write', 'out/two', 'x', ';', 'print', 'much more than a step may print here'] },
  { operations: ['copy', 'out/one', 'out/three'] },
];

/** Steps that the newest replay of a case has done. */
function doneIn(folder: string): number {
  using theCase = openCase(folder, { readonly: true });
  return replayStatus(theCase)?.done ?? 0;
}

/** Whether the second replay of a case runs and has done something. */
function isUnderWay(folder: string): boolean {
  using theCase = openCase(folder, { readonly: true });
  // Whoever looks while another adds sees a whole log.
  assert.equal(theCase.log.broken, null);
  const { number = 0, running = false, done = 0 } = replayStatus(theCase) ?? {};
  return number === 2 && running && done > 0;
}

test('a failed replay is resumed with what its steps gave; the report says so and verifies', {
  skip: noTool,
}, () => {
  const theCase = caseOf('failed', STEPS);
  assert.equal(assay(['replay', theCase, '--resume']).status, 2);
  // Ten bytes, then as many as are usual.
  const failed = assay(['replay', theCase, '--step-output', '0.00001', '--observer', 'off']);
  assert.equal(failed.status, 1, failed.stderr);
  assert.match(failed.stdout, /to go on from here: assay replay \S+ --resume/);
  const resumed = assay(['replay', theCase, '--resume']);
  assert.match(resumed.stdout, /gone on from replay 1/, resumed.stderr);
  const { replay } = statusOf(theCase);
  assert.deepEqual(
    [replay?.number, replay?.outcome, replay?.done, replay?.resumes, replay?.running],
    [2, 'completed', 4, 1, false],
  );
  const path = join(folder, 'resumed.tar');
  assay(['export', theCase, '--report', path]);
  const { problems, report } = verifyReport(path);
  assert.deepEqual(problems, []);
  const reused = report?.steps.map(step => step.reused && `${step.reused.replay}.${step.reused.number}`);
  assert.deepEqual(reused, [null, '1.2', null, null]);
  assert.ok(report?.custody.some(line => line.what.includes('to go on from replay 1, which failed')));
  assert.match(assay(['replay', theCase, '--resume']).stderr, /came to its end.*\[replay\.not-resumable\]/s);
  assert.equal(assay(['replay', theCase, '--resume', '--again']).status, 2);
});

test('a replay that says it goes on from one that did not fail, or from other results, is told', {
  skip: noTool,
}, () => {
  using theCase = openCase(join(folder, 'failed'));
  const source = caseSource(theCase);
  const read = readEvidence(source);
  const { replay } = read;
  const told = (started: Partial<typeof replay.started>, records = replay.records) => {
    const problems: string[] = [];
    const changed = { ...replay, started: { ...replay.started, ...started }, records };
    checkReused(source, { ...read, replay: changed }, (_, __, message) => problems.push(message));
    return problems;
  };
  assert.deepEqual(told({}), []);
  // Nobody saw that replay: without the one that it goes on from nothing says what its steps were given.
  assert.match(told({ resumes: 9 }).join(), /cannot go on from replay 9.*not seen to do its work/);
  const other = replay.records.map((record, i) => (i === 0 ? { ...record, removed: ['x'] } : record));
  assert.match(told({}, other).join(), /not seen to do its work/);
});

test('a replay that runs is said to run, stops after its step when another terminal asks, and goes on', {
  skip: noTool,
}, async () => {
  const many = Array.from({ length: 300 }, (_, i) => ({
    operations: ['sleep', '200', ';', 'write', `out/${i}`, 'x'],
  }));
  const theCase = caseOf('running', [{ operations: ['print', 'much more than may be'] }, ...many]);
  assert.match(assay(['replay', theCase, '--stop']).stderr, /\[replay\.not-running\]/);
  assert.equal(assay(['replay', theCase, '--step-output', '0.00001']).status, 1);
  const running = startAssay(['replay', theCase, '--again', '--json']);
  running.stderr.resume();
  const ended = once(running, 'exit');
  try {
    while (!isUnderWay(theCase) && running.exitCode === null) await pause(20);
    const { replay, open } = statusOf(theCase);
    assert.deepEqual([replay?.number, replay?.outcome, replay?.running], [2, 'unfinished', true]);
    assert.match(open[0]?.text ?? '', /^Replay 2 runs, \d+ of 302 steps are done$/);
    const compared = assay(['compare', '--case', theCase, '--json']);
    const document = compareDocument.parse(JSON.parse(compared.stdout));
    assert.deepEqual(
      document.reports.map(report => [report.name, report.running]),
      [
        ['Replay 1', false],
        ['Replay 2', true],
      ],
    );
    assert.match(document.says, /^Replay 2 still runs: .* so far; who agrees is known when it ends$/);
    assert.equal(document.unanimous, false);
    assert.match(good('replay', theCase, '--stop'), /Replay 2 ends after the step that runs/);
    assert.deepEqual(await ended, [130, null]);
  } finally {
    running.kill('SIGKILL');
  }
  const done = doneIn(theCase);
  assert.ok(done > 0 && done < 302);
  assert.match(assay(['compare', '--case', theCase]).stdout, /Replay 2: not-reproduced, not at its end/);
});

test('a step is run again on its inputs in any replay of steps, and compared with what it gave', {
  skip: noTool,
}, () => {
  const theCase = caseOf('again', STEPS);
  good('replay', theCase);
  assert.equal(assay(['replay', theCase, '--again', '--step-output', '0.00001']).status, 1);
  // The newest replay did not come to step 4.
  assert.match(assay(['replay', theCase, '--only', '4']).stderr, /\[replay\.not-reached\]/);
  assert.match(good('replay', theCase, '--only', '4', '--of', '1'), /As recorded: 1 file, end and output/);
  assert.match(assay(['replay', theCase, '--only', '4', '--of', '7']).stderr, /\[replay\.none\]/);
});

test('a case goes back to an earlier bundle: its own replays count no more, and another may take results over', {
  skip: noTool,
}, () => {
  const theCase = caseOf('back', STEPS);
  good('replay', theCase);
  const other = join(folder, 'other');
  mkdirSync(other);
  cpSync(join(folder, 'back-kit', 'bundle'), other, { recursive: true });
  writeFileSync(join(other, 'src', 'a.txt'), 'another source\n');
  good('import', theCase, other);
  good('replay', theCase);
  assert.equal(statusOf(theCase).replay?.number, 2);

  assert.match(
    good('import', theCase, join(folder, 'back-kit', 'bundle')),
    /Taken up again, imported by event \d+/,
  );
  const { replay, open } = statusOf(theCase);
  assert.equal(replay, null);
  assert.match(open[0]?.text ?? '', /not replayed since another bundle was imported/);
  assert.match(good('replay', theCase, '--reuse'), /^Replay 3 finished/);
  const path = join(folder, 'back.tar');
  assay(['export', theCase, '--report', path]);
  const { problems, report } = verifyReport(path);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    report?.steps.map(step => step.reused?.replay ?? null),
    [null, 1, 1, 1],
  );
  assert.ok(report?.custody.some(line => /^Bundle bundle of event \d+ taken up again/.test(line.what)));

  const { imports } = JSON.parse(good('bundle', 'imports', theCase, '--json'));
  assert.deepEqual(
    imports.map(({ name, inUse }: { name: string; inUse: boolean }) => [name, inUse]),
    [
      ['bundle', true],
      ['other', false],
    ],
  );
  assert.match(assay(['bundle', 'use', theCase, 'f'.repeat(64)]).stderr, /\[bundle\.not-here\]/);
  assert.match(good('bundle', 'use', theCase, imports[1].sha256.slice(0, 12)), /in use\s+event \d+ .*other/);
});
