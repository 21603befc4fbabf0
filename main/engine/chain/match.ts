import { posix } from 'node:path';
import { z } from 'zod';
import { inputError } from '../base/index.ts';
import type { Companion, PlacedFile } from '../bundle/index.ts';
import type { BundleEntry } from '../case/index.ts';
import type { Kit } from './load.ts';
import { type Pin, pinSchema, readPins } from './pins.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * How a pin is met: by the bundle's own tree, by a file beside it, by another file than the pinned one, or not at all; `left-out`: not
 * at all, and the plan ends before it would be needed.
 */
export const PIN_STATES = ['bundle', 'file', 'wrong', 'missing', 'left-out'] as const;

/** A pin and what there is for it. */
export const matchedPinSchema = z.strictObject({
  ...pinSchema.shape,
  state: z.enum(PIN_STATES),
  /** The file beside the bundle that meets it, or that has its name and other content; null for none. */
  name: z.nullable(z.string()),
  /** The sha256 of the other content of a wrong one; null when there is no content. */
  found: z.nullable(sha256),
});
export type MatchedPin = z.infer<typeof matchedPinSchema>;

/** What a bundle of several files holds, against what is pinned. */
export interface MatchedFiles {
  readonly pins: readonly MatchedPin[];
  /** Files beside the bundle that no pin asks for. They are in no tree. */
  readonly extra: readonly Companion[];
  /** The files beside the bundle that take a place in the tree. */
  readonly placed: readonly PlacedFile[];
  /** The files of the tree that pins were read from, in the order in which they were first read. */
  readonly read: readonly string[];
}

/** The tree of a bundle, without any file beside it. Paths are the kit's. */
export interface OwnTree {
  entry(path: string): BundleEntry | undefined;
  entries(): Iterable<BundleEntry>;
  /** The content of a file, at most `limit` bytes. */
  read(path: string, limit: number): Buffer;
}

/** Pinned files may name further pinned files so many times over. */
const ROUNDS = 32;

/**
 * Matches the files that kit and build description pin with the tree of the bundle and the files beside it. A file beside the
 * bundle takes its place by its hash, whatever it is called. It never replaces anything: where the tree has another
 * file, the pin is not met. `content` gives a file beside the bundle. Throws as `readPins` does, and `pins.too-deep`.
 */
export function matchFiles(
  kit: Kit,
  tree: OwnTree,
  companions: readonly Companion[],
  content: (sha256: string, limit: number) => Buffer,
): MatchedFiles {
  const read = new Set<string>();
  let placed: readonly PlacedFile[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const places = new Map(placed.map(file => [file.path, file]));
    const pins = readPins(kit, {
      type: path => (places.has(path) ? 'file' : (tree.entry(path)?.type ?? null)),
      read(path, limit) {
        read.add(path);
        const file = places.get(path);
        return file ? content(file.sha256, limit) : tree.read(path, limit);
      },
    });
    const matched = matchPins(pins, tree, companions);
    if (matched.placed.length === placed.length) return { ...matched, read: [...read] };
    placed = matched.placed;
  }
  throw inputError('pins.too-deep', `pinned files name further pinned files more than ${ROUNDS} times over`);
}

/** Whether every pin is met that the chain cannot do without. */
export function pinsMet({ pins }: Pick<MatchedFiles, 'pins'>): boolean {
  return pins.every(({ state }) => state !== 'wrong' && state !== 'missing');
}

/** The same for pins that are known already. */
export function matchPins(
  pins: readonly Pin[],
  tree: OwnTree,
  companions: readonly Companion[],
): Omit<MatchedFiles, 'read'> {
  const given = new Given(companions);
  const occupied = pins.length > 0 ? foldersAmong(pins, tree) : new Set<string>();
  const matched = pins.map(pin => matchPin(pin, tree, given, occupied));
  const used = new Set(matched.map(({ state, sha256, found }) => (state === 'file' ? sha256 : found)));
  return {
    pins: matched,
    extra: companions.filter(each => !used.has(each.sha256)),
    placed: matched.flatMap(({ path, sha256, state }) => {
      const file = state === 'file' ? given.withHash(sha256) : undefined;
      return file ? [{ path, sha256, size: file.size }] : [];
    }),
  };
}

function matchPin(pin: Pin, tree: OwnTree, given: Given, folders: ReadonlySet<string>): MatchedPin {
  const here = contentAt(pin.path, tree);
  if (here || folders.has(pin.path) || isBlocked(pin.path, tree)) {
    if (here?.sha256 === pin.sha256 && sizeFits(pin, here.size)) {
      return { ...pin, state: 'bundle', name: null, found: null };
    }
    return { ...pin, state: 'wrong', name: null, found: here?.sha256 ?? null };
  }
  const file = given.withHash(pin.sha256);
  if (file && sizeFits(pin, file.size)) return { ...pin, state: 'file', name: file.name, found: null };
  const other = file ?? given.called(posix.basename(pin.path));
  if (other) return { ...pin, state: 'wrong', name: other.name, found: other.sha256 };
  return { ...pin, state: pin.optional ? 'left-out' : 'missing', name: null, found: null };
}

function sizeFits({ size }: Pin, found: number): boolean {
  return size === null || size === found;
}

/** Files beside the bundle, by hash and by the last part of their name. */
class Given {
  readonly #byHash = new Map<string, Companion>();
  readonly #byName = new Map<string, Companion>();

  constructor(companions: readonly Companion[]) {
    for (const each of companions) {
      if (!this.#byHash.has(each.sha256)) this.#byHash.set(each.sha256, each);
      this.#byName.set(posix.basename(each.name), each);
    }
  }

  withHash(sha256: string): Companion | undefined {
    return this.#byHash.get(sha256);
  }

  called(name: string): Companion | undefined {
    return this.#byName.get(name);
  }
}

/** What stands at a path, a hard link as the file that it names. */
function contentAt(path: string, tree: OwnTree): BundleEntry | undefined {
  let entry = tree.entry(path);
  // A hard link names an earlier file, so this ends; what a report says may not.
  for (let hops = 0; entry?.type === 'hardlink' && hops < ROUNDS; hops += 1) {
    entry = tree.entry(entry.target ?? '') ?? entry;
  }
  return entry;
}

/** Whether something other than a folder stands on the way to a path. */
function isBlocked(path: string, tree: OwnTree): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const entry = tree.entry(path.slice(0, at));
    if (entry && entry.type !== 'directory') return true;
  }
  return false;
}

/** The pins' paths that are folders in the tree, though perhaps no entry says so. */
function foldersAmong(pins: readonly Pin[], tree: OwnTree): Set<string> {
  const wanted = new Set(pins.map(({ path }) => path));
  const folders = new Set<string>();
  for (const { path } of tree.entries()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (wanted.has(folder)) folders.add(folder);
    }
  }
  return folders;
}
