import assert from 'node:assert/strict';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import {
  packReport,
  type ReportFile,
  readReport,
  reportFile,
} from '../../../../main/engine/report/seal/index.ts';
import { TAR_FILE_LIMIT, tarHeader } from '../../../../main/engine/report/seal/tar-header.ts';
import { withCode } from '../../../support/errors.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { run } from './support.ts';

const folder = temporaryFolder();
const path = join(folder, 'report');
const files = [
  reportFile('b/two', 'x'.repeat(512)),
  reportFile('a', ''),
  reportFile('b/one', 'one\n'),
  reportFile('a-b', 'y'.repeat(1500)),
];
const whole = Buffer.concat([...packReport('case', files)]);

/** The problems of these bytes as a report. */
function problemsOf(bytes: Uint8Array): string[] {
  writeFileSync(path, bytes);
  using report = readReport(path);
  return report.problems.map(problem => problem.code);
}

/** A container made of parts that need not belong together. */
function tar(...parts: (Buffer | string | null)[]): Buffer {
  return Buffer.concat([...parts.map(part => Buffer.from(part ?? 'no header')), Buffer.alloc(1024)]);
}

function inTar(name: string, content = ''): Buffer {
  const padding = Buffer.alloc(-content.length & 511);
  return Buffer.concat([tarHeader(name, content.length) ?? Buffer.alloc(0), Buffer.from(content), padding]);
}

async function tarStream(sorted: readonly { name: string; bytes: Buffer }[]): Promise<Buffer> {
  const stream = pack();
  for (const { name, bytes } of sorted) {
    const owner = { uid: 0, gid: 0, uname: '', gname: '' };
    stream.entry({ name, mode: 0o644, mtime: new Date(0), type: 'file', ...owner }, bytes);
  }
  stream.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('packing', () => {
  it('gives the same bytes as tar-stream', async () => {
    const names = [
      'a',
      'a-b',
      'b/one',
      `${'d'.repeat(70)}/${'e'.repeat(70)}/${'f'.repeat(90)}`,
      'z'.repeat(95),
    ];
    const sorted = names.map((name, i) => ({ name, bytes: Buffer.alloc(i * 257, 'x') }));
    const ours = [...packReport('case', sorted.map(({ name, bytes }) => reportFile(name, bytes)).reverse())];
    const theirs = await tarStream(sorted.map(({ name, bytes }) => ({ name: `case/${name}`, bytes })));
    assert.deepEqual(Buffer.concat(ours), theirs);
  });

  it('gives headers of every size as tar-stream does', async () => {
    for (const size of [0, 1, 511, 512, 0o777, 0o1000, 2 ** 31, 2 ** 32 + 1, TAR_FILE_LIMIT]) {
      const stream = pack();
      stream.entry({ name: 'a/b', size, mode: 0o644, mtime: new Date(0), type: 'file' });
      const header = await new Promise(resolve => stream.once('data', resolve));
      assert.deepEqual(tarHeader('a/b', size), header, `${size}`);
      stream.destroy();
    }
  });

  it('gives the same bytes in whatever order the files come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), order => {
        assert.deepEqual(Buffer.concat([...packReport('case', order)]), whole);
      }),
    );
  });

  it('is understood by tar', () => {
    writeFileSync(path, whole);
    const listed = run('tar', ['-tvf', path, '--full-time', '--utc']).toString();
    assert.deepEqual(
      listed
        .trim()
        .split('\n')
        .map(line => line.replace(/\s+/g, ' ')),
      [
        '-rw-r--r-- 0/0 0 1970-01-01 00:00:00 case/a',
        '-rw-r--r-- 0/0 1500 1970-01-01 00:00:00 case/a-b',
        '-rw-r--r-- 0/0 4 1970-01-01 00:00:00 case/b/one',
        '-rw-r--r-- 0/0 512 1970-01-01 00:00:00 case/b/two',
      ],
    );
    assert.equal(run('tar', ['-xOf', path, 'case/b/one']).toString(), 'one\n');
  });

  const lists: Record<string, readonly string[]> = {
    'an absolute name': ['/a'],
    'a name that leads out': ['../a'],
    'a name with an empty part': ['a//b'],
    'a name that is a folder': ['a/'],
    'an empty name': [''],
    'a hidden name': ['.a'],
    'a name that looks like an option': ['-a'],
    'a name that is not ASCII': ['ä'],
    'a name with a line feed': ['a\nb'],
    'a name with a backslash': ['a\\b'],
    'a name that is too long': ['a'.repeat(200)],
    'the same name twice': ['a', 'a'],
    'a file that is a folder too': ['a', 'a-b', 'a/b'],
  };
  for (const [name, names] of Object.entries(lists)) {
    it(`refuses ${name}`, () => {
      const list = names.map(each => reportFile(each, ''));
      assert.throws(() => [...packReport('case', list)], withCode('report.bad-name'));
    });
  }

  it('refuses a file that is not what was announced', () => {
    const bytes = Buffer.from('content');
    const odd: Partial<ReportFile>[] = [{ size: 6 }, { size: 8 }, { sha256: '0'.repeat(64) }];
    for (const change of odd) {
      const file = { name: 'a', size: bytes.length, chunks: () => [bytes], ...change };
      assert.throws(() => [...packReport('case', [file])], withCode('report.source-changed'));
    }
  });
});

describe('reading', () => {
  it('gives back what was packed', () => {
    writeFileSync(path, whole);
    using report = readReport(path);
    assert.deepEqual(report.problems, []);
    assert.equal(report.folder, 'case');
    assert.deepEqual([...report.entries.keys()], ['a', 'a-b', 'b/one', 'b/two']);
    for (const file of files) {
      assert.equal(report.entries.get(file.name)?.sha256, file.sha256);
      assert.deepEqual(report.read(file.name), Buffer.concat([...file.chunks()]));
      assert.deepEqual(Buffer.concat([...report.chunks(file.name)]), Buffer.concat([...file.chunks()]));
    }
    assert.throws(() => report.read('nothing'), withCode('report.no-file'));
    assert.throws(() => report.read('a-b', 1499), withCode('report.file-too-large'));
  });

  it('gives back large files in pieces, across every buffer boundary', () => {
    const sizes = [(1 << 20) - 512, 1 << 20, (1 << 20) + 1, 3 * (1 << 20) + 77];
    const large = sizes.map((size, i) => reportFile(`f${i}`, Buffer.alloc(size, i + 1)));
    writeFileSync(path, Buffer.concat([...packReport('case', large)]));
    using report = readReport(path);
    assert.deepEqual(report.problems, []);
    for (const file of large) {
      assert.equal(report.entries.get(file.name)?.sha256, file.sha256);
      assert.equal(Buffer.compare(report.read(file.name), Buffer.concat([...file.chunks()])), 0);
    }
  });

  it('does not believe a file that changes after it was read', () => {
    writeFileSync(path, whole);
    using report = readReport(path);
    const entry = report.entries.get('b/one');
    const fd = openSync(path, 'r+');
    writeSync(fd, 'two\n', entry?.offset);
    assert.throws(() => report.read('b/one'), withCode('report.changed'));
    ftruncateSync(fd, 700);
    closeSync(fd);
    assert.throws(() => [...report.chunks('a-b')], withCode('report.changed'));
  });

  const damaged: Record<string, [Buffer, string[]]> = {
    nothing: [Buffer.alloc(0), ['report.truncated']],
    'something else': [Buffer.alloc(2048, 'PK'), ['report.header-malformed']],
    'a file outside a folder': [tar(inTar('a')), ['report.bad-name']],
    'a name that leads out': [tar(inTar('case/../../a')), ['report.bad-name']],
    'a hidden folder': [tar(inTar('.case/a')), ['report.bad-name']],
    'two folders': [tar(inTar('case/a'), inTar('other/b')), ['report.second-folder']],
    'files that are not sorted': [tar(inTar('case/b'), inTar('case/a')), ['report.not-sorted']],
    'a file that is there twice': [
      tar(inTar('case/a', 'one'), inTar('case/a', 'two')),
      ['report.not-sorted'],
    ],
    'a file that is a folder too': [
      tar(inTar('case/a'), inTar('case/a-b'), inTar('case/a/b')),
      ['report.bad-name'],
    ],
    'bytes after a file': [tar(tarHeader('case/a', 1), `x${'y'.repeat(511)}`), ['report.padding-not-zero']],
    'one end block': [inTar('case/a').subarray(0, 512), ['report.truncated']],
    'a third end block': [
      Buffer.concat([tar(inTar('case/a')), Buffer.alloc(512)]),
      ['report.trailing-bytes'],
    ],
    'a second report behind it': [Buffer.concat([whole, whole]), ['report.trailing-bytes']],
    'several problems at once': [
      tar(inTar('case/b'), inTar('case/a'), inTar('.x/c'), inTar('other/d')),
      ['report.not-sorted', 'report.bad-name', 'report.second-folder'],
    ],
  };
  for (const [name, [bytes, codes]] of Object.entries(damaged)) {
    it(`reports ${name}`, () => assert.deepEqual(problemsOf(bytes), codes));
  }

  it('reports archives that other programs make of the same files', () => {
    mkdirSync(join(folder, 'case'));
    writeFileSync(join(folder, 'case', 'a'), 'one');
    for (const format of ['ustar', 'gnu', 'pax', 'v7']) {
      const bytes = run('tar', ['-C', folder, `--format=${format}`, '--mtime=@0', '-cf', '-', 'case/a']);
      assert.ok(problemsOf(bytes).includes('report.header-not-canonical'), format);
    }
  });

  it('shows names from the file as printable text only', () => {
    const header = Buffer.from(tarHeader('case/a', 0) ?? '');
    header.write('case/\x1b[2J\xff\n', 0, 'latin1');
    writeFileSync(path, tar(header));
    using report = readReport(path);
    for (const { where } of report.problems) assert.equal(where.entry, 'case/\\x1b[2J\\xff\\x0a');
    assert.equal(report.problems.length, 2);
  });

  it('stops at its limits, before it takes memory for what is announced', () => {
    const cases = [
      [{ files: 3 }, 'report.too-many-files'],
      [{ fileBytes: 1499 }, 'report.file-too-large'],
      [{ totalBytes: whole.length - 1 }, 'report.too-large'],
    ] as const;
    writeFileSync(path, whole);
    for (const [limits, code] of cases) {
      using report = readReport(path, { limits });
      assert.deepEqual(
        report.problems.map(problem => problem.code),
        [code],
      );
    }
    assert.deepEqual(problemsOf(tar(tarHeader('case/a', 2 ** 31))), ['report.truncated']);
    assert.deepEqual(problemsOf(tar(tarHeader('case/a', TAR_FILE_LIMIT))), ['report.file-too-large']);
    const many = Array.from({ length: 500 }, () => inTar('case/a'));
    assert.equal(problemsOf(tar(...many)).length, 100);
  });

  it('stops on request', () => {
    writeFileSync(path, whole);
    assert.throws(() => readReport(path, { signal: AbortSignal.abort() }), withCode('task.stopped'));
  });

  it('refuses what is no regular file', () => {
    const pipe = join(folder, 'pipe');
    run('mkfifo', [pipe]);
    for (const odd of [join(folder, 'nowhere'), folder, pipe]) {
      assert.throws(() => readReport(odd), withCode('report.unreadable'));
    }
  });

  it('never throws for what is in a file, and accepts nothing but what packing gives', () => {
    const block = fc.constantFrom(
      tarHeader('case/a', 0),
      tarHeader('case/b', 3),
      Buffer.alloc(512),
      Buffer.concat([Buffer.from('abc'), Buffer.alloc(509)]),
      Buffer.from('abc'),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), blocks => {
        writeFileSync(path, Buffer.concat(blocks.map(each => each ?? Buffer.alloc(0))));
        using report = readReport(path);
        if (report.problems.length > 0) return;
        const again = [...report.entries.keys()].map(name => reportFile(name, report.read(name)));
        assert.deepEqual(Buffer.concat([...packReport(report.folder ?? 'none', again)]), readFileSync(path));
      }),
      { numRuns: 500 },
    );
  });
});
