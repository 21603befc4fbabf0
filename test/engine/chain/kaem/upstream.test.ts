/** What needs a release of stage0-posix: set ASSAY_UPSTREAM_DIR to the folder that holds stage0-posix-1.9.1. */
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { AuditDocument } from '../../../../main/contract/documents.ts';
import { AssayError, sha256OfFile } from '../../../../main/engine/base/index.ts';
import { type Plan, planSchema } from '../../../../main/engine/chain/index.ts';
import { openCase, systemClock, type Verification, verifyReport } from '../../../../main/engine/index.ts';
import type { StepRecord } from '../../../../main/engine/replay/index.ts';
import { recordsOf } from '../../../../main/engine/replay/index.ts';
import { exitProgram } from '../../../../main/engine/replay/probe-programs.ts';
import { assay } from '../../../support/assay.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { programs, type Runner, readScripts } from './reading.ts';
import { runUnaided, type Unaided } from './unaided.ts';

const upstream = process.env.ASSAY_UPSTREAM_DIR;
const release = join(upstream ?? '', 'stage0-posix-1.9.1');
const skip = upstream === undefined ? 'ASSAY_UPSTREAM_DIR is not set' : false;
const folder = temporaryFolder();
const root = join(folder, 'unaided');
const KAEMS = /(^|\/)(kaem|kaem-0|kaem-optional-seed)$/;

describe('stage0-posix AMD64', { skip }, () => {
  let unaided: Unaided;
  let audit: { status: number | null; document: AuditDocument; stderr: string };
  let verification: Verification;
  let plan: Plan;
  let records: StepRecord[];

  before(() => {
    cpSync(release, root, { recursive: true });
    unaided = runUnaided(
      root,
      ['/bootstrap-seeds/POSIX/AMD64/kaem-optional-seed', 'kaem.amd64'],
      [],
      join(folder, 'trace'),
    );
    const folderOfCase = join(folder, 'case');
    const run = assay([
      'audit',
      '--json',
      '--kit',
      'stage0-posix-amd64',
      '--bundle',
      release,
      '--case',
      folderOfCase,
    ]);
    audit = { status: run.status, document: JSON.parse(run.stdout || '{}'), stderr: run.stderr };
    verification = verifyReport(audit.document.report);
    using theCase = openCase(folderOfCase, { clock: systemClock, by: 'test' });
    records = recordsOf(theCase, 1);
    const made = theCase.log.last('plan-made') ?? assert.fail('no plan');
    plan = planSchema.parse(JSON.parse(theCase.objects.read(made.plan.sha256).toString('utf8')));
  });

  test('all 19 published files are reproduced, closure holds, and the report verifies', () => {
    const { status, document, stderr } = audit;
    assert.deepEqual([status, document.verdict, document.closure], [0, 'reproduced', 'held'], stderr);
    assert.deepEqual([document.artifacts.reproduced, document.artifacts.missing], [19, 0]);
    assert.deepEqual(verification.problems, []);
  });

  test('unaided, the chain starts the same programs with the same arguments and variables, in the same order', () => {
    const isChild = (path: string) =>
      !plan.steps.some(step => step.action === 'run' && step.program === path);
    const started = unaided.starts.filter(start => start.started && !KAEMS.test(start.program));
    const seen = records.flatMap(record => record.observation?.programs ?? []);
    assert.deepEqual(
      started.map(start => [start.program, start.argv]),
      seen.map(program => [program.path.slice(1), program.argv]),
    );
    assert.ok(
      started.some(start => isChild(start.program) || !start.argv[0]?.includes('/')),
      'children are among them',
    );
    const own = started.filter(start => start.argv[0]?.includes('/'));
    assert.deepEqual(
      own.map(start => start.environment.filter(variable => !variable.startsWith('PWD='))),
      programs(plan).map(step => step.environment.map(([name, value]) => `${name}=${value}`)),
    );
  });

  test('unaided, every file comes out the same', () => {
    assert.equal(unaided.status, 0);
    const files = (verification.report?.artifacts ?? []).filter(artifact => artifact.step !== null);
    assert.ok(files.length > 60);
    for (const { path, sha256 } of files) {
      assert.equal(sha256 ? sha256OfFile(join(root, path)).sha256 : null, sha256, path);
    }
  });

  const MINIMAL = [
    './p',
    './p ',
    '/p x',
    './p x\n',
    '\n',
    ' ',
    '  ',
    '\t',
    ';',
    '"',
    '"x y"',
    '#c\n',
    '\\\n',
    '\\',
    '$x',
    'a',
    '""',
    'é',
    '=',
    './d/p\n',
    './kaem-0 s/two\n',
  ];
  const FULL = [
    ...MINIMAL,
    'b',
    '\\n',
    '\\"',
    '${x}',
    '${y:-z}',
    '${x:-q}',
    '${x',
    '}',
    ':-',
    '-',
    '$@',
    'x=1\n',
    'y="a b"\n',
    'z= ',
    'x=',
    'alias CC="./p -f"\n',
    'alias b=" "\n',
    'alias q="p \\\\n  k"\n',
    'CC',
    'q',
    'cd d\n',
    'cd ..\n',
    'if ',
    'if match a a\n',
    'if match a b\n',
    'if match ${x} 1; then\n',
    'else\n',
    'fi\n',
    'then\n',
    'else  \n',
    'fi  \n',
    'echo hi\n',
    'echo fi\n',
    'set -ex\n',
    'unset x\n',
    'unset x SHELL\n',
    'exec ./p e\n',
    '\\\nk',
    '" "',
    'PATH=/bin1\n',
    'pwd\n',
    './kaem -f s/two\n',
    './kaem -f s/two -- a b\n',
    'a b\n',
  ];
  /** What this reader refuses although kaem would do something. */
  const REFUSED = /^kaem\.(unpredictable|uncertain|program-name|not-utf8|bad-path|unnamed-variable)$/;

  for (const [runner, pieces] of [
    ['kaem-0', MINIMAL],
    ['kaem', FULL],
  ] as const) {
    test(`${runner} itself does with any script what the reader says`, () => {
      const box = kaemBox(runner);
      // The inner script runs no script: one that runs itself would never end.
      const scriptOf = (from: readonly string[]) =>
        fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 14 }).map(all => all.join(''));
      const inner = scriptOf(pieces.filter(piece => !piece.includes('s/two')));
      fc.assert(
        fc.property(scriptOf(pieces), inner, (start, two) =>
          compare(box, runner, { start: `${start}\n`, 's/two': `${two}\n` }),
        ),
        { numRuns: 120 },
      );
    });
  }

  /** A root with the kaems that the chain built, and programs that do nothing. */
  function kaemBox(runner: Runner): string {
    const box = join(folder, `box-${runner}`);
    for (const name of ['s', 'd', 'bin1']) mkdirSync(join(box, name), { recursive: true });
    copyFileSync(join(root, 'AMD64/bin/kaem'), join(box, 'kaem'));
    copyFileSync(join(root, 'AMD64/artifact/kaem-0'), join(box, 'kaem-0'));
    copyFileSync(join(root, 'AMD64/bin/match'), join(box, 'bin1/match'));
    for (const name of ['p', 'd/p', 'bin1/a', 'bin1/b']) writeFileSync(join(box, name), exitProgram());
    for (const name of ['kaem', 'kaem-0', 'bin1/match', 'p', 'd/p', 'bin1/a', 'bin1/b'])
      chmodSync(join(box, name), 0o755);
    return box;
  }

  function compare(box: string, runner: Runner, scripts: Record<string, string>): void {
    for (const [path, text] of Object.entries(scripts)) writeFileSync(join(box, path), text);
    const variables = [
      ['PATH', '/bin1'],
      ['x', 'X'],
      ['PWD', '/'],
    ] as const;
    const options = runner === 'kaem' ? ['--file', 'start'] : ['start'];
    assert.doesNotMatch(scripts['s/two'] ?? '', /two/);
    const real = runUnaided(box, [`/${runner}`, ...options], variables, join(folder, 'trace'));
    let said: Plan;
    try {
      said = readScripts(runner, { ...scripts, d: null }, Object.fromEntries(variables));
    } catch (error) {
      assert.ok(error instanceof AssayError);
      if (!REFUSED.test(error.code)) assert.notEqual(real.status, 0, `${error.code}: ${error.message}`);
      return;
    }
    const starts = real.starts.filter(start => !KAEMS.test(start.program));
    const steps = programs(said);
    // What the reader takes for granted, and does not hold in this box: that each program and folder is there and does its work.
    const bad = steps.findIndex(
      step =>
        !isFile(join(box, step.program)) ||
        !existsSync(join(box, step.cwd)) ||
        (step.program.endsWith('match') && step.expectedStatus === 0 && step.argv[1] !== step.argv[2]),
    );
    const sure = bad < 0 ? steps : steps.slice(0, bad);
    const same = sure.map(step => [
      step.program,
      step.argv,
      step.environment.map(([name, value]) => `${name}=${value}`),
    ]);
    assert.deepEqual(
      starts.slice(0, sure.length).map(start => [start.program, start.argv, start.environment]),
      same,
    );
    if (bad < 0 && !scriptsLeave(scripts)) assert.deepEqual([real.status, starts.length], [0, sure.length]);
  }
});

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether a script goes to a folder at all: one that is not there ends the real kaem at once, and the reader cannot know. */
function scriptsLeave(scripts: Record<string, string>): boolean {
  return Object.values(scripts).some(text => text.includes('cd'));
}
