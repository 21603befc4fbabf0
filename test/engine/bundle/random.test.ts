import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256Of } from '../../../main/engine/base/index.ts';
import { importBundle, openBundle } from '../../../main/engine/bundle/index.ts';
import { COMPRESSORS, fresh, freshCase, importBytes, refusal, stateOf } from './stand.ts';
import { entry, file, folder, gnuLong, hardlink, pax, symlink, tar } from './tar-maker.ts';

type Tree = Map<string, Buffer>;

/** Trees of files whose names do not collide and are not folders of one another. */
const part = fc.oneof(
  fc.stringMatching(/^[a-z0-9_-]{1,12}$/),
  fc.constantFrom('größe', '日本', 'with blank', 'n'.repeat(120), "quo'te", '-dash', '.hidden', 'new\nline'),
);
const content = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc.constantFrom(new Uint8Array(), new Uint8Array(512), new Uint8Array(1_100_000).fill(7)),
);
const trees: fc.Arbitrary<Tree> = fc
  .array(fc.tuple(fc.array(part, { minLength: 1, maxLength: 5 }), content), { minLength: 1, maxLength: 25 })
  .map(items => {
    const tree: Tree = new Map();
    const taken = new Set<string>();
    for (const [parts, bytes] of items) {
      // A name says by its first letter whether it is a file, so that none is both.
      const path = [...parts.slice(0, -1).map(name => `d${name}`), `f${parts.at(-1)}`].join('/');
      if (!taken.has(path)) tree.set(path, Buffer.from(bytes));
      taken.add(path);
    }
    return tree;
  });

function readTree(root: string): Tree {
  const tree: Tree = new Map();
  for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(item.parentPath, item.name);
    if (item.isFile()) tree.set(path.slice(root.length + 1), readFileSync(path));
  }
  return tree;
}

function writeTree(tree: Tree): string {
  const root = fresh('source');
  for (const [path, bytes] of tree) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

const sorted = (tree: Tree) => [...tree].sort(([a], [b]) => (a < b ? -1 : 1));

test('what a folder holds is what is imported and what is unpacked', async () => {
  await fc.assert(
    fc.asyncProperty(trees, async tree => {
      using theCase = freshCase();
      const source = writeTree(tree);
      const event = await importBundle(theCase, source);
      using bundle = await openBundle(theCase, event);
      for (const [path, bytes] of tree) {
        assert.equal(bundle.entry(path)?.sha256, sha256Of(bytes));
        assert.ok(bundle.read(path, 1 << 21).equals(bytes));
        assert.ok(Buffer.concat([...bundle.chunks(path)].map(piece => Buffer.from(piece))).equals(bytes));
      }
      const target = fresh('tree');
      await bundle.unpack(target);
      assert.deepEqual(sorted(readTree(target)), sorted(tree));
      for (const path of [source, target, theCase.folder]) rmSync(path, { recursive: true });
    }),
    { numRuns: 15 },
  );
});

test('however the bytes of an archive come, it is read the same', async () => {
  const names = Object.keys(COMPRESSORS).filter(name => !COMPRESSORS[name]?.skip);
  await fc.assert(
    fc.asyncProperty(trees, fc.constantFrom(...names), fc.nat(), async (tree, name, seed) => {
      using theCase = freshCase();
      const named = [...tree].map(([path, bytes], i) =>
        (i + seed) % 2 === 0
          ? Buffer.concat([pax({ path }), file('p', bytes)])
          : Buffer.concat([gnuLong(path), entry({ name: 'g', magic: 'ustar  \0' }, bytes)]),
      );
      const archive = tar(...named);
      const pack = COMPRESSORS[name]?.pack ?? (bytes => bytes);
      const cut = seed % archive.length;
      const packed = Buffer.concat([archive.subarray(0, cut), archive.subarray(cut)].map(pack));
      const event = await importBytes(theCase, packed);
      using bundle = await openBundle(theCase, event);
      for (const [path, bytes] of tree) assert.equal(bundle.entry(path)?.sha256, sha256Of(bytes));
      assert.equal(event.files, tree.size);
      rmSync(theCase.folder, { recursive: true });
    }),
    { numRuns: 15 },
  );
});

const SAMPLE = tar(
  pax({ comment: 'x' }, 'g'),
  folder('d/'),
  file('d/a', 'first\n'.repeat(300)),
  pax({ path: 'd/ü', mtime: '1' }),
  file('x', 'second'),
  gnuLong('d/'.concat('n'.repeat(150))),
  file('y', Buffer.alloc(1500, 'third')),
  hardlink('d/b', 'd/a'),
  symlink('d/l', 'a'),
);

/** Damages bytes: some changed, some cut out, some put in. */
const damages = fc.array(
  fc.record({
    kind: fc.constantFrom('flip', 'set', 'cut', 'insert'),
    at: fc.nat(),
    value: fc.nat(255),
    length: fc.integer({ min: 1, max: 600 }),
  }),
  { minLength: 1, maxLength: 4 },
);
type Damage = typeof damages extends fc.Arbitrary<(infer D)[]> ? D : never;

function damage(bytes: Buffer, each: Damage): Buffer {
  const at = each.at % bytes.length;
  if (each.kind === 'cut') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + each.length)]);
  if (each.kind === 'insert') {
    return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(each.length, each.value), bytes.subarray(at)]);
  }
  const out = Buffer.from(bytes);
  out[at] = each.kind === 'flip' ? (out[at] ?? 0) ^ (1 << (each.value & 7)) : each.value;
  return out;
}

for (const [name, { skip, pack }] of Object.entries({
  plain: { skip: false, pack: (bytes: Buffer) => bytes },
  ...COMPRESSORS,
})) {
  test(`${name}: damaged at random, an archive is refused in so many words or read whole`, {
    skip,
  }, async () => {
    const whole = pack(SAMPLE);
    const refusing = freshCase();
    await fc.assert(
      fc.asyncProperty(damages, async all => {
        const bytes = all.reduce(damage, whole);
        using theCase = freshCase();
        const before = stateOf(theCase);
        const event = await importBytes(theCase, bytes).catch(() => undefined);
        if (event) {
          const target = fresh('tree');
          using bundle = await openBundle(theCase, event);
          await bundle.unpack(target);
          for (const link of readdirSync(target, { recursive: true, withFileTypes: true })) {
            const path = join(link.parentPath, link.name);
            if (lstatSync(path).isSymbolicLink()) assert.ok(!readlinkSync(path).startsWith('/'));
          }
          rmSync(target, { recursive: true });
        } else {
          assert.deepEqual(stateOf(theCase), before);
          await refusal(refusing, bytes);
        }
        rmSync(theCase.folder, { recursive: true });
      }),
      { numRuns: 40 },
    );
  });
}
