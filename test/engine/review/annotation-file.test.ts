import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalBytes, fixedClock, sha256Of } from '../../../main/engine/base/index.ts';
import { type Case, createCase } from '../../../main/engine/case/index.ts';
import {
  type AnnotationFile,
  acceptTemplates,
  annotate,
  changeAnnotation,
  type Decision,
  exportAnnotations,
  type ForeignAnnotations,
  importAnnotations,
  lookAtAnnotations,
  type MergeItem,
  mergeAnnotations,
  parseAnnotationFile,
  proposedTemplates,
  removeAnnotation,
  reviewIn,
  reviewOf,
  seedBytesIn,
  seedIn,
  undo,
} from '../../../main/engine/review/index.ts';
import { fileOf } from '../../support/annotation-files.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';

const folder = temporaryFolder();
let serial = 0;

/** A case of one person with a checked seed of these bytes. */
function caseOf(bytes: Uint8Array, by: string): Case {
  serial += 1;
  const theCase = createCase(join(folder, `case-${serial}`), `case ${serial}`, '0', {
    clock: fixedClock('2026-11-24T11:15:00Z'),
    by,
  });
  const seed = theCase.objects.put(bytes);
  const common = { name: 'seed', path: 'seed', origin: 'file', matches: true, source: null } as const;
  theCase.log.append({ type: 'seed-checked', ...common, seed, expected: seed });
  return theCase;
}

const BYTES = Buffer.from('7f454c46020101000000000000000000deadbeefcafe0102', 'hex');
const draft = (offset: number, length: number, label: string) =>
  ({ ranges: [{ offset, length }], kind: 'explained', label }) as const;
const foreign = (bytes: Uint8Array): ForeignAnnotations => {
  const file = parseAnnotationFile(bytes, 'a.json');
  const kept = { name: 'a.json', bytes, signature: null };
  return {
    file,
    seed: seedBytesIn(file),
    kept,
    originOf: ({ by }, number) => ({ from: 'file', file: sha256Of(bytes), number, author: by }),
  };
};
/** What the command line does without more words: all that is new. */
const allNew = ({ state }: MergeItem): Decision => (state === 'new' ? 'add' : 'leave');
const conflictsToo = ({ state }: MergeItem): Decision =>
  state === 'new' || state === 'conflict' ? 'add' : 'leave';

test('annotations travel: taken over once, as the words of whom they are, and undone as one action', () => {
  using jon = caseOf(BYTES, 'Jon');
  annotate(jon, seedIn(jon, 'seed'), [draft(0, 4, 'magic'), draft(16, 4, 'code')]);
  const file = exportAnnotations(jon, seedIn(jon, 'seed'));
  using ines = caseOf(BYTES, 'Ines');
  const seed = seedIn(ines, 'seed');
  annotate(ines, seed, [draft(16, 4, 'code')]);
  const first = importAnnotations(ines, seed, foreign(file), allNew);
  assert.deepEqual(
    first.items.map(({ state }) => state),
    ['new', 'same'],
  );
  const [, taken] = reviewIn(ines).annotations();
  assert.equal(taken?.by, 'Ines');
  assert.deepEqual(taken?.origin, { from: 'file', file: sha256Of(file), number: 1, author: 'Jon' });
  const [kept] = reviewIn(ines).imports(seed.seed.sha256);
  assert.deepEqual([kept?.name, kept?.file.sha256, kept?.signature], ['a.json', sha256Of(file), null]);
  assert.deepEqual(ines.objects.read(sha256Of(file)), file);
  const events = ines.log.events.length;
  assert.equal(importAnnotations(ines, seed, foreign(file), allNew).added.length, 0);
  assert.equal(ines.log.events.length, events, 'nothing was taken over, and nothing said');
  undo(ines);
  assert.deepEqual(reviewIn(ines).imports(seed.seed.sha256), []);
  assert.equal(reviewIn(ines).annotations().length, 1);
});

test('what says something else under the same id is a conflict: listed, and added only when asked for', () => {
  using jon = caseOf(BYTES, 'Jon');
  const seed = seedIn(jon, 'seed');
  const [magic, code] = annotate(jon, seed, [draft(0, 4, 'magic'), draft(16, 4, 'code')]);
  const file = exportAnnotations(jon, seed);
  changeAnnotation(jon, magic?.id ?? '', { label: 'ELF magic' });
  removeAnnotation(jon, code?.id ?? '');
  const kept = importAnnotations(jon, seed, foreign(file), allNew);
  assert.deepEqual(
    kept.items.map(({ state, ours }) => [state, ours?.label ?? null]),
    [
      ['conflict', 'ELF magic'],
      ['conflict', null],
    ],
  );
  assert.equal(kept.added.length, 0);
  assert.equal(importAnnotations(jon, seed, foreign(file), conflictsToo).added.length, 2);
  const labels = reviewIn(jon)
    .annotations()
    .map(({ label }) => label);
  assert.deepEqual(labels.sort(), ['ELF magic', 'code', 'magic']);
  assert.deepEqual(reviewIn(jon).refused(), []);
});

test('a conflict with one’s own is replaced in one action; one of somebody else’s is not', () => {
  using jon = caseOf(BYTES, 'Jon');
  const seed = seedIn(jon, 'seed');
  const [magic] = annotate(jon, seed, [draft(0, 4, 'magic')]);
  const file = exportAnnotations(jon, seed);
  changeAnnotation(jon, magic?.id ?? '', { label: 'mine' });
  const before = jon.log.events.length;
  const done = importAnnotations(jon, seed, foreign(file), () => 'replace');
  assert.deepEqual(done.replaced, [magic?.id]);
  const [only, ...others] = reviewIn(jon).annotations();
  assert.deepEqual([only?.label, only?.origin?.from, others.length], ['magic', 'file', 0]);
  undo(jon);
  assert.deepEqual(
    reviewIn(jon)
      .annotations()
      .map(({ label }) => label),
    ['mine'],
  );
  assert.equal(jon.log.events.length, before + 4);
  assert.throws(
    () => importAnnotations(jon, seed, foreign(file), () => 'replace', 'Ines'),
    withCode('import.not-yours'),
  );
  const same = foreign(exportAnnotations(jon, seed));
  assert.throws(() => importAnnotations(jon, seed, same, () => 'add'), withCode('import.nothing-to-add'));
  assert.deepEqual(reviewIn(jon).refused(), []);
});

test('to a changed seed: what is the same is carried, what changed is asked again, what is new is listed', () => {
  const code = Buffer.from(Array.from({ length: 200 }, (_, i) => (i * 37 + (i >> 3)) & 0xff));
  using jon = caseOf(code, 'Jon');
  annotate(jon, seedIn(jon, 'seed'), [
    draft(0, 8, 'head'),
    draft(20, 2, 'short'),
    draft(40, 10, 'call'),
    {
      ...draft(100, 8, 'both'),
      ranges: [
        { offset: 100, length: 8 },
        { offset: 150, length: 4 },
      ],
    },
    draft(180, 10, 'gone'),
  ]);
  const newer = Buffer.concat([
    code.subarray(0, 16),
    Buffer.from('new code here'),
    code.subarray(16, 44),
    Buffer.from([(code[44] as number) ^ 0xff]),
    code.subarray(45, 180),
    code.subarray(190),
  ]);
  using ines = caseOf(newer, 'Ines');
  const seed = seedIn(ines, 'seed');
  const file = foreign(exportAnnotations(jon, seedIn(jon, 'seed')));
  const { items, fresh } = lookAtAnnotations(ines, seed, file);
  assert.deepEqual(
    items.map(({ theirs, state, moved, ranges }) => [theirs.label, state, moved, ranges]),
    [
      ['head', 'new', false, [{ offset: 0, length: 8 }]],
      ['short', 'new', true, [{ offset: 33, length: 2 }]],
      ['call', 'changed', true, [{ offset: 53, length: 10 }]],
      [
        'both',
        'new',
        true,
        [
          { offset: 113, length: 8 },
          { offset: 163, length: 4 },
        ],
      ],
      ['gone', 'elsewhere', false, null],
    ],
  );
  assert.deepEqual(fresh, [
    { offset: 16, length: 13 },
    { offset: 57, length: 1 },
  ]);
  assert.equal(reviewIn(ines).annotations().length, 0, 'looking says nothing');
  importAnnotations(ines, seed, file, ({ state }) => (state === 'elsewhere' ? 'leave' : 'add'));
  assert.deepEqual(
    reviewIn(ines)
      .annotations()
      .map(({ label, kind, by }) => `${label} ${kind} ${by}`),
    ['head explained Ines', 'short explained Ines', 'call question Ines', 'both explained Ines'],
  );
});

test('for any two versions: what is carried as the same stands on the same bytes, ranges lie within, ascending', () => {
  const word = fc.constantFrom('aa', 'bb', '00', 'ff', 'deadbeef', '7f454c46', '0102030405060708');
  const version = fc
    .array(word, { minLength: 4, maxLength: 60 })
    .map(words => Buffer.from(words.join(''), 'hex'));
  const place = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 20 }));
  fc.assert(
    fc.property(
      version,
      version,
      fc.nat(),
      fc.nat(),
      fc.array(place, { minLength: 1, maxLength: 6 }),
      (old, other, from, to, places) => {
        const [start, end] = [from % old.length, to % old.length].sort((a, b) => a - b) as [number, number];
        const newer = Buffer.concat([old.subarray(0, start), other.subarray(0, 9), old.subarray(end)]);
        const ranges = places.map(([offset, length]) => {
          const at = offset % old.length;
          return { offset: at, length: Math.min(length, old.length - at) };
        });
        const file = fileOf(
          'seed',
          old,
          ranges.map(range => ({ label: 'x', ...range })),
        );
        const merge = mergeAnnotations(reviewOf([]), { sha256: sha256Of(newer), bytes: newer }, file);
        for (const [i, { state, ranges: found }] of merge.items.entries()) {
          const wanted = ranges[i] as { offset: number; length: number };
          for (const { offset, length } of found ?? [])
            assert.ok(length > 0 && offset + length <= newer.length);
          if (sha256Of(newer) === sha256Of(old) || state === 'changed' || state === 'elsewhere') continue;
          const [at] = found ?? [];
          assert.deepEqual(
            newer.subarray(at?.offset, (at?.offset ?? 0) + (at?.length ?? 0)),
            old.subarray(wanted.offset, wanted.offset + wanted.length),
          );
        }
        const kept = merge.items
          .filter(({ state }) => state === 'new')
          .flatMap(({ ranges: found }) => found ?? []);
        for (const fresh of merge.fresh ?? [])
          for (const { offset, length } of kept)
            assert.ok(offset + length <= fresh.offset || fresh.offset + fresh.length <= offset);
      },
    ),
  );
});

test('in another version of the seed an annotation stands on the same bytes or nowhere', () => {
  const bytes = fc.uint8Array({ minLength: 8, maxLength: 60 });
  const places = fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 12 })), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(bytes, bytes, places, fc.nat(60), (old, inserted, wanted, at) => {
      const ranges = wanted
        .map(([offset, length]) => ({ offset: offset % old.length, length }))
        .map(({ offset, length }) => ({ offset, length: Math.min(length, old.length - offset) }));
      const made = fileOf(
        'seed',
        old,
        ranges.map(range => ({ label: 'x', ...range })),
      );
      const content = ({ offset, length }: { offset: number; length: number }) =>
        Buffer.from(old)
          .subarray(offset, offset + length)
          .toString('hex');
      const file: AnnotationFile = {
        ...made,
        format: 1,
        seed: { ...made.seed, bytes: null },
        annotations: made.annotations.map(each => ({ ...each, content: each.ranges.map(content) })),
      };
      const cut = at % (old.length + 1);
      const changed = Buffer.concat([old.subarray(0, cut), inserted, old.subarray(cut)]);
      const { items } = mergeAnnotations(reviewOf([]), { sha256: sha256Of(changed), bytes: changed }, file);
      for (const [i, item] of items.entries()) {
        const [found] = item.ranges ?? [];
        if (!found) {
          assert.equal(item.state, 'elsewhere');
          continue;
        }
        const here = changed.subarray(found.offset, found.offset + found.length).toString('hex');
        assert.equal(here, file.annotations[i]?.content?.[0]);
      }
      const whole = ranges[0] ?? { offset: 0, length: 0 };
      if (whole.offset + whole.length <= cut) assert.equal(items[0]?.ranges?.[0]?.offset, whole.offset);
    }),
  );
});

test('a file that is none, or not of its form, is refused', () => {
  using theCase = caseOf(BYTES, 'Ines');
  annotate(theCase, seedIn(theCase, 'seed'), [draft(0, 4, 'magic')]);
  const good = exportAnnotations(theCase, seedIn(theCase, 'seed'));
  const changed = (change: (file: Record<string, unknown>) => void) => {
    const value = JSON.parse(good.toString('utf8')) as Record<string, unknown>;
    change(value);
    return canonicalBytes(value);
  };
  for (const bytes of [
    Buffer.from('{'),
    Buffer.from('[]'),
    changed(file => Object.assign(file, { format: 3 })),
    changed(file => Object.assign(file.seed as object, { bytes: Buffer.from('other').toString('base64') })),
    changed(file => Object.assign(file.seed as object, { bytes: 'A'.repeat(90_000) })),
    changed(file => Object.assign(file, { more: 1 })),
    changed(file => Object.assign((file.annotations as object[])[0] ?? {}, { content: [] })),
    changed(file =>
      Object.assign((file.annotations as object[])[0] ?? {}, { ranges: [{ offset: -1, length: 1 }] }),
    ),
  ]) {
    assert.throws(() => parseAnnotationFile(bytes, 'a.json'), withCode('annotation-file.invalid'));
  }
});

test('no mutated file stops the engine otherwise than by a refusal, whatever stands in it', () => {
  using theCase = caseOf(BYTES, 'Ines');
  const seed = seedIn(theCase, 'seed');
  annotate(theCase, seed, [draft(0, 4, 'magic'), draft(16, 4, 'code')]);
  const good = exportAnnotations(theCase, seed).toString('utf8');
  const piece = fc.oneof(
    fc.constantFrom(
      'null',
      '[]',
      '{}',
      '-1',
      '1e999',
      '9007199254740993',
      '"__proto__"',
      '"',
      '[[[[',
      '\\ud800',
    ),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(good.length), fc.nat(12), piece), { minLength: 1, maxLength: 3 }),
      edits => {
        let text = good;
        for (const [at, length, by] of edits) text = text.slice(0, at) + by + text.slice(at + length);
        let file: ForeignAnnotations;
        try {
          file = foreign(Buffer.from(text));
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'annotation-file.invalid');
          return;
        }
        lookAtAnnotations(theCase, seed, file);
      },
    ),
    { numRuns: 500 },
  );
  const deep = `${'{"annotations":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const many = good.replace(/"annotations":\[/, `"annotations":[${'{},'.repeat(20_001)}`);
  const ranges = Array.from({ length: 2000 }, (_, i) => ({ offset: 2 * i, length: 1 }));
  const parsed = JSON.parse(good) as AnnotationFile;
  const wide = JSON.stringify({
    ...parsed,
    annotations: parsed.annotations.map(each => ({ ...each, ranges, content: null })),
  });
  for (const text of [deep, many, wide, ' '.repeat((16 << 20) + 1)])
    assert.throws(() => foreign(Buffer.from(text)), withCode('annotation-file.invalid'));
});

test('a template explains nothing until a person agrees, and only where the seed has its bytes', () => {
  using theCase = caseOf(BYTES, 'Ines');
  const seed = seedIn(theCase, 'seed');
  const kit = {
    kit: 'a'.repeat(64),
    templates: [
      { offset: 0, length: 4, label: 'magic', expect: '7f454c46' },
      { offset: 4, length: 1, label: 'class', expect: '01' },
      { offset: 20, length: 10, label: 'outside' },
    ],
  };
  const proposed = () => proposedTemplates(reviewIn(theCase), seed, BYTES, kit);
  assert.deepEqual(
    proposed().map(({ number, fits, accepted }) => [number, fits, accepted.length]),
    [
      [1, true, 0],
      [2, false, 0],
      [3, false, 0],
    ],
  );
  assert.equal(acceptTemplates(theCase, seed, kit, [1, 1]).length, 1);
  assert.equal(acceptTemplates(theCase, seed, kit, [1]).length, 0);
  assert.equal(acceptTemplates(theCase, seed, kit, [1], 'Jon').length, 1);
  assert.deepEqual(proposed()[0]?.accepted, ['Ines', 'Jon']);
  const loose = {
    kit: 'b'.repeat(64),
    templates: [
      {
        offset: 0,
        length: 4,
        label: 'wild',
        expect: '7f4?4c??',
        also: [{ offset: 16, length: 2, expect: 'de??' }],
      },
      {
        offset: 0,
        length: 4,
        label: 'wrong',
        expect: '7f4?4c??',
        also: [{ offset: 16, length: 2, expect: '?e?f' }],
      },
      { offset: 0, length: 1, label: 'beyond', also: [{ offset: 23, length: 2 }] },
    ],
  };
  assert.deepEqual(
    proposedTemplates(reviewIn(theCase), seed, BYTES, loose).map(({ fits }) => fits),
    [true, false, false],
  );
  const [agreed] = acceptTemplates(theCase, seed, loose, [1]);
  assert.deepEqual(agreed?.ranges, [
    { offset: 0, length: 4 },
    { offset: 16, length: 2 },
  ]);
  assert.throws(() => acceptTemplates(theCase, seed, loose, [3]), withCode('template.does-not-fit'));
  assert.throws(() => acceptTemplates(theCase, seed, kit, [2]), withCode('template.does-not-fit'));
  assert.throws(() => acceptTemplates(theCase, seed, kit, [3]), withCode('template.does-not-fit'));
  assert.throws(() => acceptTemplates(theCase, seed, kit, [4]), withCode('template.unknown'));
});
