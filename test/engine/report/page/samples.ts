import { sha256Of } from '../../../../main/engine/base/index.ts';
import { type Report, type ReportStep, reportSchema } from '../../../../main/engine/report/model.ts';
import type { Artifact, Finding } from '../../../../main/engine/verdict/index.ts';

/** A hash for a name, as good as any. */
export const fakeHash = (name: string) => sha256Of(`sample ${name}`);

const at = '2026-11-24T11:15:00.000Z';
const tool = (name: string) => ({ version: '1.2.3', sha256: fakeHash(name) });

/** A line of OpenSSH with an Ed25519 key whose 32 bytes are all `fill`. */
export function publicKey(fill: number): string {
  const field = (bytes: Uint8Array) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([field(Buffer.from('ssh-ed25519')), field(Buffer.alloc(32, fill))]);
  return `ssh-ed25519 ${blob.toString('base64')}`;
}

export function signer(identity: string, role: 'auditor' | 'reviewer' | 'compliance', demonstration = false) {
  const fill = identity.length;
  return {
    role,
    identity,
    fingerprint: `SHA256:${sha256Of(identity).slice(0, 43)}`,
    publicKey: publicKey(fill),
    demonstration,
    at,
    event: 41,
    as: 'proved' as const,
    open: 0,
    seals: true,
  };
}

/** A step that runs `argv[0]`, which must be a path of the tree. */
export function step(
  number: number,
  stage: string,
  argv: string[],
  read: string[],
  wrote: string[],
): ReportStep {
  return {
    number,
    id: `step-${number}`,
    stage,
    title: wrote.length > 0 ? `Make ${wrote.join(', ')}` : 'Check',
    action: 'run',
    origin: { file: 'kit.toml', line: 10 + number * 8 },
    argv: argv.map((word, i) => (i === 0 ? `./${word}` : word)),
    program: argv[0] ?? '',
    outcome: 'done',
    end: { how: 'exited', status: 0 },
    wrote,
    awaited: [],
    read,
    programs: 1,
    processes: 1,
    transient: 0,
    reused: null,
  };
}

/** A file made by a step, with the verdict it is given. */
export function artifact(path: string, step: number | null, verdict: Artifact['verdict']): Artifact {
  const there = step !== null;
  const sha256 = fakeHash(path);
  const published = verdict === 'differs' || verdict === 'waived' ? fakeHash(`other ${path}`) : sha256;
  const expected = verdict !== null && verdict !== 'unexpected';
  return {
    path,
    after: null,
    step,
    size: there ? path.length * 137 : null,
    sha256: there ? sha256 : null,
    verdict,
    result: path.startsWith('bin/') && !/hex|asm/.test(path),
    expectations: expected
      ? [{ path, sha256: published, size: null, source: 'kit', origin: { file: 'kit.toml', line: 200 } }]
      : [],
    waiver: verdict === 'waived' ? { by: 'Ines Marković', reason: 'known date inside', event: 31 } : null,
  };
}

export function countsOf(artifacts: readonly Artifact[]): Report['counts'] {
  const n = (verdict: Artifact['verdict']) => artifacts.filter(a => a.verdict === verdict).length;
  return {
    reproduced: n('reproduced'),
    differs: n('differs'),
    waived: n('waived'),
    missing: n('missing'),
    unexpected: n('unexpected'),
    notRun: n('not-run'),
    noExpectation: n(null),
  };
}

export function finding(number: number, parts: Partial<Finding> = {}): Finding {
  return {
    id: `F-${String(number).padStart(2, '0')}`,
    key: `artifact.differs bin/${number}`,
    code: 'artifact.differs',
    severity: 'high',
    message: `bin/${number} has another hash than the published one`,
    where: `bin/${number}`,
    state: 'open',
    waiver: null,
    raised: null,
    resolution: null,
    ...parts,
  };
}

const SMALL_STEPS = [
  step(1, 'hex0', ['seed/hex0-seed', 'src/hex0.hex0', 'bin/hex0'], ['src/hex0.hex0'], ['bin/hex0']),
  step(2, 'hex1', ['bin/hex0', 'src/hex1.hex0', 'bin/hex1'], ['src/hex1.hex0'], ['bin/hex1']),
  step(3, 'hex2', ['bin/hex1', 'src/hex2.hex1', 'bin/hex2'], ['src/hex2.hex1'], ['bin/hex2']),
  step(4, 'asm', ['bin/hex2', 'src/asm.hex2', 'bin/asm'], ['src/asm.hex2'], ['bin/asm']),
  ...['cat', 'sha256sum', 'untar'].flatMap((name, i) => [
    step(5 + i * 2, 'tools', ['bin/asm', `src/${name}.asm`, `tmp/${name}.hex2`], [], [`tmp/${name}.hex2`]),
    step(
      6 + i * 2,
      'tools',
      ['bin/hex2', `tmp/${name}.hex2`, `bin/${name}`],
      [`tmp/${name}.hex2`],
      [`bin/${name}`],
    ),
  ]),
];

const SMALL_ARTIFACTS = [
  ...['hex0', 'hex1', 'hex2', 'asm'].map((name, i) => artifact(`bin/${name}`, i + 1, 'reproduced')),
  ...['cat', 'sha256sum', 'untar'].flatMap((name, i) => [
    artifact(`tmp/${name}.hex2`, 5 + i * 2, null),
    artifact(`bin/${name}`, 6 + i * 2, 'reproduced'),
  ]),
];

const SMALL: Report = {
  format: 1,
  assay: tool('assay'),
  case: { id: '6f0d5b0e-5d0a-4f5e-9a55-0e9a7c1d2b3c', name: '2026-11-K1183' },
  sealedAt: at,
  log: { size: 42, root: fakeHash('log') },
  verdict: 'reproduced',
  headline: 'Reproduced',
  explanation:
    'All 7 published files of Sample chain 1.0 were rebuilt, bit for bit, from one seed of 229 bytes. No person has reviewed the seed: this proves the replay, not the review.',
  proved: [
    { mark: 'reproduced', text: '7 of 7 published hashes reproduced', evidence: 'E-02' },
    {
      mark: 'reproduced',
      text: 'All 10 programs that ran were a seed or built earlier in the same replay',
      evidence: 'E-02, E-03',
    },
    { mark: 'reproduced', text: 'The seed is exactly what its commented source says', evidence: 'E-01' },
  ],
  notProved: [
    {
      mark: 'not-run',
      text: 'What the 229 seed bytes do: seed not reviewed by a person',
      evidence: 'Part 7',
    },
    {
      mark: 'not-run',
      text: 'That the kernel, processor and firmware of this machine are honest',
      evidence: 'Part 5',
    },
    {
      mark: 'not-run',
      text: 'The time of each event: claimed by this machine, no outside witness',
      evidence: 'Part 6',
    },
  ],
  kit: {
    id: 'sample-chain',
    title: 'Sample chain',
    version: '1.0',
    architecture: 'amd64',
    summary: 'A chain for tests.',
    publisher: 'Nobody in particular',
    description: { sha256: fakeHash('kit'), size: 4000 },
  },
  bundle: {
    name: 'sample-chain-1.0.tar.gz',
    form: 'archive',
    compression: 'gzip',
    bundle: { sha256: fakeHash('bundle'), size: 81_920 },
    files: 1110,
    bytes: 9_082_880,
    flagged: 0,
  },
  pinned: [],
  extra: [],
  seeds: [
    {
      name: 'hex0-seed',
      path: 'seed/hex0-seed',
      seed: { sha256: fakeHash('seed'), size: 229 },
      expected: { sha256: fakeHash('seed'), size: 229 },
      matches: true,
      origin: 'bundle',
      source: { path: 'src/hex0.hex0', syntax: 'hex0', sha256: fakeHash('seed source'), assembles: true },
    },
  ],
  mode: 'stepped',
  confirmation: null,
  seedReview: { bytes: 229, explainedBytes: 0, byTwoBytes: 0, byTwoBlindBytes: 0, reviewers: [] },
  seedReviews: [],
  fileReview: { files: 1110, reviewed: 0, byTwo: 0, reviewers: [] },
  comments: [],
  scope: null,
  counts: countsOf(SMALL_ARTIFACTS),
  closure: { state: 'held', programs: 10, scripts: 0, passing: 0, distinct: 5, seeds: ['seed/hex0-seed'] },
  artifacts: SMALL_ARTIFACTS,
  findings: [],
  stages: [
    { id: 'hex0', title: 'Seed builds itself' },
    { id: 'hex1', title: 'Labels' },
    { id: 'hex2', title: 'Linker' },
    { id: 'asm', title: 'Macro assembler' },
    { id: 'tools', title: 'Tools' },
  ],
  steps: SMALL_STEPS,
  machine: {
    format: 1,
    kernel: 'Linux 6.1.0',
    architecture: 'x86_64',
    processor: 'Sample processor',
    runtime: { name: 'bubblewrap', ...tool('bwrap'), weaker: false, adds: ['PWD=/'] },
    observer: { name: 'strace', ...tool('strace') },
    node: tool('node'),
    assay: tool('assay'),
    container: { uid: 1000, gid: 1000, hostname: 'assay', network: 'none' },
  },
  trustedBase: [
    'The processor, its firmware and the kernel of one machine, which ran every program.',
    'bubblewrap 1.2.3 and strace 1.2.3, which kept the programs apart and watched them.',
    'That the keys below belong to the people named beside them.',
  ],
  custody: [
    { event: 1, at: '2026-11-04T15:06:00.000Z', by: 'Ines Marković', what: 'Case 2026-11-K1183 created' },
    { event: 42, at, by: 'Ines Marković', what: 'Report sealed' },
  ],
  checklist: [
    {
      id: 'seed-source',
      role: 'reviewer',
      text: 'Did you read the source of the seed?',
      done: true,
      answer: 'done',
      note: 'twice',
      answered: { by: 'Jon Reed', at, event: 40 },
    },
    {
      id: 'second-machine',
      role: 'auditor',
      text: 'Did a second machine replay the chain?',
      done: false,
      answer: 'open',
      note: '',
      answered: null,
    },
  ],
  exhibits: [
    { id: 'E-01', title: 'Seeds and their sources', file: 'evidence/seeds.json' },
    { id: 'E-02', title: 'Artifacts and published hashes', file: 'evidence/artifacts.json' },
    { id: 'E-03', title: 'Every step as recorded', file: 'evidence/steps.jsonl' },
  ],
  lapsed: [],
  blockers: [],
  signers: [signer('ines.markovic', 'auditor'), signer('helen.okafor@example.org', 'compliance')],
};

/** Seven files, all reproduced, two signers. `parts` replace what they name. Checked against the schema. */
export function smallReport(parts: Partial<Report> = {}): Report {
  return reportSchema.parse({ ...structuredClone(SMALL), ...parts });
}

/** A chain that stopped: one artifact of each verdict and one without expectation, findings of each severity. */
export function stoppedReport(): Report {
  const artifacts = SMALL_ARTIFACTS.map(made => {
    if (made.path === 'bin/asm') return artifact(made.path, 4, 'differs');
    if (made.path === 'bin/hex2') return artifact(made.path, 3, 'waived');
    if (made.path === 'bin/sha256sum') return artifact(made.path, 8, 'unexpected');
    if (made.path === 'bin/untar') return artifact(made.path, null, 'not-run');
    return made;
  }).filter(made => made.path !== 'tmp/untar.hex2');
  artifacts.push(artifact('bin/wrap', null, 'missing'));
  const steps = SMALL_STEPS.map((made): ReportStep => {
    if (made.number === 9) {
      return { ...made, outcome: 'failed', end: { how: 'signalled', signal: 'SIGSEGV' }, wrote: [] };
    }
    return made.number === 10 ? { ...made, outcome: 'not-run', end: null, wrote: [], programs: null } : made;
  });
  const waiver = { by: 'Ines Marković', reason: 'known date inside', event: 31 };
  return smallReport({
    verdict: 'not-reproduced',
    headline: 'Not reproduced: the replay did not reach its end',
    explanation: '3 of 6 published files were rebuilt.',
    notProved: [
      { mark: 'differs', text: '1 file with another hash than the published one', evidence: 'F-01' },
      { mark: 'waived', text: '1 file with another hash, waived by a named person', evidence: 'F-02' },
      { mark: 'missing', text: '1 file with a published hash that the chain did not make', evidence: 'F-03' },
      {
        mark: 'unexpected',
        text: '1 file among the results that nobody published a hash for',
        evidence: 'F-04',
      },
      ...SMALL.notProved,
    ],
    artifacts,
    counts: countsOf(artifacts),
    steps,
    findings: [
      finding(1, { where: 'bin/asm' }),
      finding(2, { where: 'bin/hex2', severity: 'medium', state: 'waived', waiver }),
      finding(3, { code: 'artifact.missing', severity: 'low' }),
      finding(4, { code: 'artifact.unexpected', severity: 'note' }),
    ],
    closure: { state: 'broken', programs: 9, scripts: 0, passing: 0, distinct: 4, seeds: [] },
    signers: [],
  });
}

/** Text that would act on a page if anything let it. */
export const HOSTILE =
  '\u202e</style></title><script>alert(1)</script><img src=x onerror="alert(2)">\u200b\u001b[31m\'"&amp;\0 \u{e0041}ёxample ';

/** A report in which evidence and people wrote {@link HOSTILE} wherever the schema lets them. */
export function hostileReport(text = HOSTILE): Report {
  const made = { ...artifact('bin/x', 1, 'waived'), path: 'bin/x' };
  const origin = { file: text, line: 1 };
  const waiver = { by: text, reason: text, event: 3 };
  const short = Array.from(text.toWellFormed()).slice(0, 60).join('');
  const statement = { mark: 'differs', text, evidence: text } as const;
  return smallReport({
    case: { id: SMALL.case.id, name: text },
    headline: text,
    explanation: text,
    proved: [statement],
    notProved: [statement, statement],
    kit: { ...SMALL.kit, title: text, version: 'x', publisher: text },
    bundle: { ...SMALL.bundle, name: text, compression: text },
    pinned: (['bundle', 'file', 'wrong', 'missing'] as const).map(state => ({
      ...{ path: 'src/x', size: 7, sha256: fakeHash(state), origin: { file: text, line: 1 }, state },
      ...{ name: text, found: fakeHash('found') },
    })),
    extra: [{ name: text, sha256: fakeHash('extra'), size: 8 }],
    seeds: SMALL.seeds.map(seed => ({
      ...seed,
      name: text,
      path: text,
      matches: false,
      source: { ...(seed.source as NonNullable<typeof seed.source>), path: text, assembles: false },
    })),
    mode: 'stepped',
    confirmation: null,
    seedReview: { bytes: 229, explainedBytes: 3, byTwoBytes: 1, byTwoBlindBytes: 0, reviewers: [text, text] },
    artifacts: [
      {
        ...made,
        path: text,
        result: true,
        waiver,
        expectations: [{ path: 'bin/x', sha256: fakeHash('other'), size: 3, source: 'bundle', origin }],
      },
    ],
    findings: [
      finding(1, { message: text, where: text, code: text, state: 'waived', waiver }),
      finding(2, { id: text }),
    ],
    stages: [{ id: text.slice(0, 90), title: text }],
    steps: [
      {
        ...step(1, text.slice(0, 90), ['seed/hex0-seed'], [text], [text]),
        id: text,
        title: text,
        origin,
        argv: [text, text],
        program: text,
        outcome: 'failed',
        end: { how: 'not-started', reason: text },
      },
    ],
    machine: {
      ...SMALL.machine,
      kernel: text,
      processor: text,
      architecture: text,
      runtime: { ...SMALL.machine.runtime, version: text, adds: [text] },
    },
    trustedBase: [text],
    custody: [{ event: 1, at, by: text, what: text }],
    checklist: [
      {
        id: text,
        role: 'auditor',
        text,
        done: true,
        answer: 'done',
        note: text,
        answered: { by: text, at, event: 2 },
      },
    ],
    scope: { text, by: text, at, event: 2 },
    seedReviews: [
      {
        name: text,
        sha256: fakeHash('seed'),
        size: 4,
        hex: '003c2f7f',
        explained: 3,
        byTwo: 1,
        byTwoBlind: 0,
        blind: [],
        imports: [],
        reviewers: [{ name: text, bytes: 3 }],
        annotations: [
          {
            id: '0123456789ab',
            ranges: [{ offset: 1, length: 2 }],
            kind: 'question',
            label: short,
            note: text,
            group: short,
            by: text,
            at,
            event: 2,
            origin: null,
            resolution: { by: text, at, event: 3, reason: text },
          },
        ],
      },
    ],
    fileReview: { files: 3, reviewed: 1, byTwo: 0, reviewers: [{ name: text, files: 1 }] },
    comments: [
      {
        id: text,
        on: { path: text, sha256: fakeHash('seed'), line: 3 },
        text,
        by: text,
        at,
        event: 2,
        resolution: null,
      },
      {
        id: text,
        on: { finding: text },
        text,
        by: text,
        at,
        event: 2,
        resolution: { by: text, at, event: 3, reason: text },
      },
    ],
    exhibits: [
      { id: 'E-01', title: text, file: text },
      { id: text, title: text, file: text },
    ],
    signers: [{ ...signer('x', 'auditor'), identity: text, fingerprint: text, as: 'not-proved', open: 2 }],
    lapsed: [
      {
        role: 'reviewer',
        identity: text,
        fingerprint: text,
        demonstration: false,
        at,
        event: 2,
        as: 'proved',
        open: 0,
        state: 'void',
        after: { events: 2, first: 3, last: 4 },
      },
    ],
    blockers: [{ code: text, text, place: 'seed', items: [text] }],
  });
}

/** `files` results made in `stages` stages, each by the one before it. */
export function largeReport(files: number, stages: number): Report {
  const stageOf = (i: number) => `stage-${String(Math.floor((i * stages) / files)).padStart(3, '0')}`;
  const path = (i: number) => `bin/package-${i}/usr/lib/libsample-${i}.so.1.${i}`;
  const steps = Array.from({ length: files }, (_, i) =>
    step(i + 1, stageOf(i), [i === 0 ? 'seed/hex0-seed' : path(i - 1), `src/${i}.c`], [], [path(i)]),
  );
  const artifacts = steps.map((_, i) => artifact(path(i), i + 1, i % 97 === 5 ? 'differs' : 'reproduced'));
  return smallReport({
    steps,
    artifacts,
    counts: countsOf(artifacts),
    stages: [...new Set(steps.map(made => made.stage))].map(id => ({ id, title: `Packages of ${id}` })),
    findings: Array.from({ length: 120 }, (_, i) => finding(i + 1)),
  });
}
