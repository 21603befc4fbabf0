import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepRecord } from '../../../main/engine/replay/index.ts';
import { type Evidence, judge } from '../../../main/engine/verdict/index.ts';
import { evidenceOf, MACHINE, MKDIR, PUBLISHED, record, SEED, saw, written } from '../../support/evidence.ts';
import { SMALL_KIT } from '../../support/kits.ts';

const OTHER = 'd'.repeat(64);
const FOREIGN = 'e'.repeat(64);

function tree(...files: ReturnType<typeof written>[]): Evidence['tree'] {
  return { format: 1, results: files, unaccounted: [] };
}

/** The judgement of a replay whose only program step left this record. */
function judged(step: Partial<StepRecord>, change: Partial<Evidence> = {}) {
  return judge(evidenceOf({ records: [MKDIR, record(step)], ...change }));
}

const codes = (judgement: ReturnType<typeof judge>) => judgement.findings.map(finding => finding.code);
const verdictOf = (judgement: ReturnType<typeof judge>, path: string) =>
  judgement.artifacts.find(artifact => artifact.path === path)?.verdict;

test('every expectation met and closure held: reproduced, without findings', () => {
  const judgement = judge(evidenceOf());
  assert.equal(judgement.verdict, 'reproduced');
  assert.deepEqual(judgement.closure, {
    state: 'held',
    programs: 1,
    scripts: 0,
    passing: 0,
    distinct: 1,
    seeds: ['seed/seed'],
  });
  assert.deepEqual(judgement.findings, []);
  assert.deepEqual(judgement.counts, {
    reproduced: 1,
    differs: 0,
    waived: 0,
    missing: 0,
    unexpected: 0,
    notRun: 0,
    noExpectation: 0,
  });
});

test('another hash than the published one differs', () => {
  const judgement = judged({ written: [written('bin/a', OTHER)] }, { tree: tree(written('bin/a', OTHER)) });
  assert.equal(judgement.verdict, 'not-reproduced');
  assert.equal(verdictOf(judgement, 'bin/a'), 'differs');
  assert.deepEqual(codes(judgement), ['artifact.differs']);
});

test('another size than the published one differs, even with the same hash', () => {
  const evidence = evidenceOf(
    {},
    SMALL_KIT.replace('path = "bin/a"\nsha256', 'path = "bin/a"\nsize = 5\nsha256'),
  );
  assert.equal(verdictOf(judge(evidence), 'bin/a'), 'differs');
});

test('a waived difference is still a difference: it names who and why, and the chain is not reproduced', () => {
  const waivers = [
    { finding: 'artifact:bin/a', by: 'Ines', reason: 'time stamp', event: 9, at: '2026-11-24T11:15:00.000Z' },
  ];
  const judgement = judged(
    { written: [written('bin/a', OTHER)] },
    { waivers, tree: tree(written('bin/a', OTHER)) },
  );
  assert.equal(verdictOf(judgement, 'bin/a'), 'waived');
  assert.deepEqual(
    judgement.findings.map(finding => [finding.state, finding.waiver?.by, finding.waiver?.reason]),
    [['waived', 'Ines', 'time stamp']],
  );
  assert.equal(judgement.verdict, 'not-reproduced');
});

test('a waiver does not turn a missing file into anything else', () => {
  const waivers = [
    { finding: 'artifact:bin/a', by: 'Ines', reason: 'gone', event: 9, at: '2026-11-24T11:15:00.000Z' },
  ];
  assert.equal(verdictOf(judged({ written: [] }, { waivers, tree: tree() }), 'bin/a'), 'missing');
});

test('a published file that its step did not write is missing', () => {
  const judgement = judged({ written: [] }, { tree: tree() });
  assert.equal(verdictOf(judgement, 'bin/a'), 'missing');
  assert.deepEqual(codes(judgement), ['artifact.missing', 'step.output-missing']);
});

test('a published file that a later step removed is missing', () => {
  const later = record({ number: 3, step: 'tidy', written: [], removed: ['bin/a'] });
  const judgement = judge(evidenceOf({ records: [MKDIR, record(), later], tree: tree() }));
  assert.equal(verdictOf(judgement, 'bin/a'), 'missing');
});

test('a published file whose step did not run is not run', () => {
  const judgement = judge(evidenceOf({ records: [MKDIR], tree: null }));
  assert.equal(verdictOf(judgement, 'bin/a'), 'not-run');
  assert.equal(judgement.verdict, 'not-reproduced');
});

test('a published file whose step failed is not run, and the failure is a finding', () => {
  const judgement = judged(
    { outcome: 'failed', end: { how: 'exited', status: 1 }, written: [] },
    { tree: tree() },
  );
  assert.equal(verdictOf(judgement, 'bin/a'), 'not-run');
  assert.ok(codes(judgement).includes('step.failed'));
});

test('a file among the results without a published hash is unexpected; the chain may still be reproduced', () => {
  const judgement = judged(
    { written: [written('bin/a', PUBLISHED), written('bin/b', OTHER)] },
    { tree: tree(written('bin/a', PUBLISHED), written('bin/b', OTHER)) },
  );
  assert.equal(verdictOf(judgement, 'bin/b'), 'unexpected');
  assert.equal(judgement.verdict, 'reproduced');
  assert.deepEqual(codes(judgement), ['artifact.unexpected', 'step.output-undeclared']);
});

test('an intermediate file without a published hash has no verdict', () => {
  const judgement = judged({ written: [written('bin/a', PUBLISHED), written('tmp/b', OTHER)] });
  assert.equal(verdictOf(judgement, 'tmp/b'), null);
  assert.equal(judgement.counts.noExpectation, 1);
});

test('published hashes that contradict each other differ', () => {
  const { expectations } = evidenceOf();
  const second = {
    ...expectations[0],
    path: 'bin/a',
    sha256: OTHER,
    size: null,
    source: 'bundle',
    origin: { file: 'answers', line: 1 },
  } as const;
  const judgement = judge(evidenceOf({ expectations: [...expectations, second] }));
  assert.equal(verdictOf(judgement, 'bin/a'), 'differs');
  assert.match(judgement.findings[0]?.message ?? '', /contradict/);
});

test('nothing published, nothing reproduced', () => {
  assert.equal(judge(evidenceOf({ expectations: [] })).verdict, 'not-reproduced');
});

test('a program that came finished with the bundle breaks closure, and its origin is named', () => {
  const source = (path: string) =>
    path === 'tools/cc'
      ? ({
          path,
          type: 'file',
          mode: 0o755,
          size: 4,
          offset: 0,
          sha256: FOREIGN,
          target: null,
          kind: 'elf',
          flags: [],
        } as const)
      : undefined;
  const judgement = judged(
    { observation: saw(FOREIGN, '/tools/cc') },
    { source, inBundle: hash => hash === FOREIGN },
  );
  assert.equal(judgement.closure.state, 'broken');
  assert.equal(judgement.verdict, 'not-reproduced');
  assert.deepEqual(codes(judgement), ['closure.foreign-program']);
  assert.match(judgement.findings[0]?.message ?? '', /came with the bundle/);
});

test('a program whose content is not known breaks closure', () => {
  const judgement = judged({ observation: saw(null) });
  assert.equal(judgement.closure.state, 'broken');
  assert.deepEqual(codes(judgement), ['closure.unknown-program']);
});

test('a program that an earlier step wrote is inside; one that only a later step writes is not', () => {
  const inside = judge(
    evidenceOf({
      records: [
        MKDIR,
        record(),
        record({ number: 3, step: 'use', written: [], observation: saw(PUBLISHED, '/bin/a') }),
      ],
    }),
  );
  assert.equal(inside.closure.state, 'held');
  const outside = judge(
    evidenceOf({
      records: [
        MKDIR,
        record({ observation: saw(OTHER, '/bin/b') }),
        record({ number: 3, written: [written('bin/b', OTHER)] }),
      ],
    }),
  );
  assert.equal(outside.closure.state, 'broken');
});

/** The bundle's file of a foreign content, and a judgement in which a step handled it before another one ran it. */
const BUNDLED: Partial<Evidence> = {
  source: path =>
    path === 'tools/cc'
      ? {
          path,
          type: 'file',
          mode: 0o755,
          size: 4,
          offset: 0,
          sha256: FOREIGN,
          target: null,
          kind: 'elf',
          flags: [],
        }
      : undefined,
  inBundle: hash => hash === FOREIGN,
};
function handled(step: Partial<StepRecord>, program = '/bin/cc') {
  const use = record({ number: 3, step: 'use', written: [], observation: saw(FOREIGN, program) });
  return judge(evidenceOf({ records: [MKDIR, record(step), use], ...BUNDLED }));
}
const uses = (...files: [string, 'read' | 'link' | 'chmod' | 'rename' | 'write'][]) =>
  saw(SEED, '/seed/seed', { files: files.map(([path, use]) => ({ program: 0, path, use, sha256: null })) });

test('what a step copied, moved, linked or only gave another mode was not made by it', () => {
  const bin = [written('bin/cc', FOREIGN)];
  const chmod = { written: [written('tools/cc', FOREIGN)], observation: uses(['/tools/cc', 'chmod']) };
  const cases: [Partial<StepRecord>, string?][] = [
    [{ written: bin, observation: uses(['/tools/cc', 'read'], ['/bin/cc', 'write']) }],
    [{ written: bin, removed: ['tools/cc'], observation: uses(['/tools', 'rename'], ['/bin', 'rename']) }],
    [{ written: bin, observation: uses(['/tools/cc', 'link'], ['/bin/cc', 'link']) }],
    [chmod, '/tools/cc'],
  ];
  for (const [step, program] of cases) {
    const judgement = handled(step, program);
    assert.equal(judgement.closure.state, 'broken', JSON.stringify(step));
    assert.match(judgement.findings[0]?.message ?? '', /took it over as it was from tools\/cc/);
  }
  // One that was made anew without it is as good as any other.
  assert.equal(handled({ written: bin, observation: uses(['/src/cc', 'read']) }).closure.state, 'held');
});

test('a program that its step wrote and took away again is inside when nothing from outside stood by', () => {
  const passing = (writers: number[], atHand: string[] | null) => {
    const seen = saw(SEED, '/seed/seed', { atHand });
    const own = { ...seen.programs[0], index: 1, parent: 0, path: '/conftest', sha256: null, writers };
    return judged({ observation: { ...seen, programs: [...seen.programs, own as never] } });
  };
  const good = passing([0], [SEED, PUBLISHED]);
  assert.equal(good.closure.state, 'held');
  assert.equal(good.closure.passing, 1);
  assert.equal(good.verdict, 'reproduced');
  assert.match(good.findings[0]?.message ?? '', /\/conftest, written by \/seed\/seed/);
  assert.deepEqual(codes(good), ['closure.passing-program']);
  assert.equal(passing([], [SEED]).closure.state, 'broken');
  assert.equal(passing([0], [SEED, FOREIGN]).closure.state, 'broken');
  assert.equal(passing([0], null).closure.state, 'broken');
});

test('a script of the bundle is a source; its interpreter is a program', () => {
  const script = (interpreter: string) => {
    const seen = saw(FOREIGN, '/tools/cc');
    const own = {
      ...seen.programs[0],
      index: 1,
      parent: 0,
      path: '/sh',
      sha256: interpreter,
      via: 'interpreter',
    };
    return judged({ observation: { ...seen, programs: [...seen.programs, own as never] } }, BUNDLED);
  };
  assert.equal(script(SEED).closure.state, 'held');
  assert.equal(script(SEED).closure.scripts, 1);
  assert.equal(script(OTHER).closure.state, 'broken');
});

test('a file of the machine that was read is grave, one of the tree and a vain attempt are not', () => {
  const asked = (result: string) => [{ program: 0, path: '/dev/urandom', about: 'random' as const, result }];
  const severity = (result: string) => {
    const seen = judged({ observation: saw(SEED, '/seed/seed', { asked: asked(result) }) });
    return seen.findings.map(finding => [finding.code, finding.severity]);
  };
  assert.deepEqual(severity('outside'), [['step.machine-read', 'high']]);
  assert.deepEqual(severity('tree'), [['step.machine-name', 'low']]);
  assert.deepEqual(severity('ENOENT'), [['step.machine-asked', 'note']]);
  const emulator = {
    name: 'qemu-aarch64',
    architecture: 'aarch64',
    version: '7',
    sha256: OTHER,
    registered: 'private',
  } as const;
  const emulated = judged(
    { observation: saw(SEED, '/seed/seed', { asked: asked('ENOENT') }) },
    { machine: { ...MACHINE, emulator } },
  );
  assert.match(emulated.findings[0]?.message ?? '', /: the program, or qemu-aarch64 that ran it$/);
});

test('a socket that cannot leave the container is a small matter', () => {
  const sockets = [{ program: 0, family: 'AF_UNIX', call: 'socket(AF_UNIX, SOCK_STREAM, 0)', result: 'ok' }];
  const judgement = judged({ observation: saw(SEED, '/seed/seed', { sockets }) });
  assert.deepEqual(
    judgement.findings.map(each => [each.code, each.severity]),
    [['step.local-socket', 'low']],
  );
});

test('a program that is not the seed of the kit but ran as the seed is inside, and the seed is the finding', () => {
  const seeds = evidenceOf().seeds.map(seed => ({
    ...seed,
    seed: { sha256: OTHER, size: 4 },
    matches: false,
  }));
  const judgement = judged({ observation: saw(OTHER) }, { seeds });
  assert.equal(judgement.closure.state, 'held');
  assert.deepEqual(codes(judgement), ['seed.differs']);
  assert.equal(judgement.verdict, 'not-reproduced');
});

test('a write that no record explains breaks closure', () => {
  const judgement = judged(
    {},
    { tree: { format: 1, results: [written('bin/a', PUBLISHED)], unaccounted: ['lib/x'] } },
  );
  assert.equal(judgement.closure.state, 'broken');
  assert.deepEqual(codes(judgement), ['closure.unaccounted-file']);
});

test('without an observer closure was not observed, and the chain is not called reproduced', () => {
  const judgement = judged({ observation: null }, { machine: { ...MACHINE, observer: null } });
  assert.equal(judgement.closure.state, 'not-observed');
  assert.equal(judgement.verdict, 'not-reproduced');
  assert.deepEqual(codes(judgement), ['observer.absent']);
});

test('a trace with a gap is no observation', () => {
  const judgement = judged({ observation: saw(SEED, '/seed/seed', { notUnderstood: 1 }) });
  assert.equal(judgement.closure.state, 'not-observed');
  assert.deepEqual(codes(judgement), ['observer.incomplete']);
});

test('an attempt to open a socket is a finding', () => {
  const sockets = [{ program: 0, family: 'AF_INET', call: 'socket(AF_INET, SOCK_STREAM, 0)', result: 'ok' }];
  assert.deepEqual(codes(judged({ observation: saw(SEED, '/seed/seed', { sockets }) })), ['step.socket']);
});

test('files that must be equal and are not speak against the chain', () => {
  const kit = `${SMALL_KIT}\n[[same]]\npaths = ["seed/seed", "bin/a"]\nreason = "rebuilds itself"\n`;
  const judgement = judge(evidenceOf({}, kit));
  assert.equal(judgement.verdict, 'not-reproduced');
  assert.deepEqual(codes(judgement), ['artifact.not-same']);
});

test('a weaker runtime, a network that was not ruled out and flagged names are findings', () => {
  const machine = {
    ...MACHINE,
    runtime: { ...MACHINE.runtime, weaker: true },
    container: { ...MACHINE.container, network: 'unknown' as const },
  };
  assert.deepEqual(codes(judge(evidenceOf({ machine, flagged: 2 }))), [
    'runtime.network',
    'runtime.weaker',
    'bundle.flagged',
  ]);
});

test('findings are numbered in their order, gravest first', () => {
  const judgement = judged({ written: [written('bin/a', OTHER), written('tmp/b', OTHER)] }, { flagged: 1 });
  assert.deepEqual(
    judgement.findings.map(finding => [finding.id, finding.severity]),
    [
      ['F-01', 'high'],
      ['F-02', 'low'],
      ['F-03', 'low'],
    ],
  );
});

test('a published hash of a Nix archive is compared with that of the archive, for folders too', () => {
  const good = 'c'.repeat(64);
  const kit = (path: string) => `${SMALL_KIT}\n[[expectation]]\npath = "${path}"\nnar-sha256 = "${good}"\n`;
  const with_ = (path: string, ...nars: { path: string; sha256: string }[]) => {
    const { tree } = evidenceOf();
    return judge(evidenceOf({ tree: tree && { ...tree, nars } }, kit(path)));
  };
  const met = with_('bin/a', { path: 'bin/a', sha256: good });
  assert.equal(met.verdict, 'reproduced');
  assert.equal(met.artifacts.find(({ path }) => path === 'bin/a')?.nar, good);
  const differs = with_('bin/a', { path: 'bin/a', sha256: OTHER });
  assert.equal(verdictOf(differs, 'bin/a'), 'differs');
  assert.match(differs.findings[0]?.message ?? '', /differs from its published hash/);
  // The content's hash is not the archive's, even when it is the published number.
  assert.equal(
    verdictOf(with_('bin/a', { path: 'bin/a', sha256: met.artifacts[0]?.sha256 ?? '' }), 'bin/a'),
    'differs',
  );
  assert.equal(verdictOf(with_('bin', { path: 'bin', sha256: good }), 'bin'), 'reproduced');
  assert.equal(verdictOf(with_('bin'), 'bin'), 'missing');
});

test('programs of an image whose manifest is a seed are inside the closure, and a finding says whom that trusts', () => {
  const PROGRAM = '9'.repeat(64);
  const with_ = (image: string) => {
    const evidence = evidenceOf();
    const common = { number: 1, id: 'layer', stage: 'one', title: 'Layer', origin: { file: 'x', line: 1 } };
    const layer = {
      ...common,
      action: 'layer',
      from: 'l',
      to: 'root',
      sha256: '8'.repeat(64),
      image,
    } as const;
    const unpacked = record({
      number: 1,
      step: 'layer',
      end: null,
      observation: null,
      written: [written('root/cc', PROGRAM)],
    });
    const ran = record({ observation: saw(PROGRAM, '/root/cc') });
    const plan = { ...evidence.plan, steps: [layer, ...evidence.plan.steps.slice(1)] };
    return judge({ ...evidence, plan, records: [unpacked, ran] });
  };
  const known = with_(SEED);
  assert.equal(known.closure.state, 'held');
  assert.deepEqual(known.closure.seeds, ['seed/seed']);
  assert.deepEqual(codes(known), ['seed.image']);
  const other = with_('7'.repeat(64));
  assert.equal(other.closure.state, 'broken');
  assert.deepEqual(codes(other), ['closure.foreign-program']);
});

test('a hash for a file as it is after a step is held against that, whatever comes later', () => {
  const expectation = { path: 'bin/a', sha256: PUBLISHED, size: null, after: 2 } as const;
  const expectations = [{ ...expectation, source: 'bundle', origin: { file: 'sums', line: 1 } }] as const;
  const later = (file: ReturnType<typeof written>) => record({ number: 3, step: 'later', written: [file] });
  const seen = (records: StepRecord[]) =>
    judge(evidenceOf({ expectations, records, tree: null })).artifacts.map(
      ({ path, after, step, verdict }) => [path, after, step, verdict],
    );
  assert.deepEqual(seen([MKDIR, record(), later(written('bin/a', OTHER))]), [
    ['bin/a', 2, 2, 'reproduced'],
    ['bin/a', null, 3, null],
  ]);
  assert.deepEqual(
    seen([MKDIR, record({ written: [written('bin/a', OTHER)] }), later(written('bin/a', PUBLISHED))]),
    [
      ['bin/a', 2, 2, 'differs'],
      ['bin/a', null, 3, null],
    ],
  );
  const chmod = { ...written('bin/a', PUBLISHED), mode: 0o700 };
  assert.deepEqual(
    seen([MKDIR, record(), later(chmod)]),
    [['bin/a', null, 3, 'reproduced']],
    'only its mode',
  );
  const removed = record({ number: 3, step: 'later', written: [], removed: ['bin/a'] });
  assert.deepEqual(seen([MKDIR, record(), removed]), [['bin/a', 2, 2, 'reproduced']]);
  assert.deepEqual(seen([MKDIR]), [['bin/a', 2, null, 'not-run']]);
  assert.deepEqual(seen([MKDIR, record({ written: [] })]), [['bin/a', null, null, 'missing']]);
  const early = record({ number: 1, written: [written('bin/a', OTHER)] });
  assert.deepEqual(
    seen([early]),
    [
      ['bin/a', 2, null, 'not-run'],
      ['bin/a', null, 1, null],
    ],
    'not before its time',
  );
});

test('what only a reader foresaw makes nothing reproduced', () => {
  const [known] = evidenceOf().expectations;
  assert.ok(known);
  const judgement = judge(evidenceOf({ expectations: [{ ...known, source: 'derived' }] }));
  assert.deepEqual([judgement.verdict, judgement.counts.reproduced], ['not-reproduced', 1]);
});
