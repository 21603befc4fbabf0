import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type AssayError, inputError } from '../base/index.ts';
import type { Case, EventOf, SourceSyntax } from '../case/index.ts';
import { HEX0_LIMIT, proveSource } from '../seed/index.ts';

/** The largest seed or binary that is taken, in bytes. */
export const SEED_LIMIT = 64 << 20;

/** The largest commented source of one, in bytes. */
export const SOURCE_LIMIT = HEX0_LIMIT * 8;

/** Endings of names of commented sources, with what they are written in. */
const ENDINGS: readonly (readonly [string, SourceSyntax])[] = [
  ['.hex0', 'hex0'],
  ['.hex1', 'hex1'],
  ['.hex2', 'hex2'],
];

interface SourceFile {
  readonly path: string;
  readonly stem: string;
  readonly syntax: SourceSyntax;
}

/** Reads a whole file that the auditor named. Throws `seed.no-file` or `seed.too-large`. */
export function readGiven(file: string, limit: number): Buffer {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw inputError('seed.no-file', 'there is no such file', { file });
  if (found.size > limit) {
    const text = `a file of ${found.size} bytes; at most ${limit} are taken`;
    throw inputError('seed.too-large', text, { file });
  }
  return readFileSync(file);
}

/**
 * Takes files as binaries that are reviewed by themselves, in a case without a kit: what they should be, nobody says. A file named
 * as one of them with `.hex0`, `.hex1` or `.hex2` behind is its commented source; of one binary alone the source may have any
 * name. A binary of a name that the case has is its newer version. Nothing is recorded unless all can be. Throws
 * `seed.of-kit`, `seed.no-file`, `seed.too-large`, `seed.same-name`, `seed.source-of-none` or `event.invalid`.
 */
export function takeBinaries(theCase: Case, files: readonly string[]): EventOf<'seed-checked'>[] {
  if (theCase.log.last('kit-applied')) {
    throw inputError(
      'seed.of-kit',
      'the kit of this case says which seeds there are',
      { file: theCase.folder },
      'Review other binaries in a case without a kit.',
    );
  }
  const sources = files.flatMap(file => sourceFile(file) ?? []);
  const binaries = files.filter(file => sourceFile(file) === null);
  refuseSameNames(binaries);
  const paired = binaries.map(file => ({ file, source: sourceOf(file, sources, binaries.length) }));
  const used = new Set(paired.map(({ source }) => source));
  const left = sources.find(source => !used.has(source));
  if (left) throw sourceOfNone(left.path);
  const taken = paired.map(({ file, source }) => taking(theCase, file, source));
  return theCase.log.appendAll(taken).filter(event => event.type === 'seed-checked');
}

function taking(theCase: Case, file: string, source: SourceFile | undefined) {
  const bytes = readGiven(file, SEED_LIMIT);
  const text = source && readGiven(source.path, SOURCE_LIMIT);
  const named = source && { path: basename(source.path), syntax: source.syntax };
  return {
    type: 'seed-checked',
    name: basename(file),
    path: basename(file),
    seed: theCase.objects.put(bytes),
    origin: 'file',
    expected: null,
    matches: null,
    source:
      named && text
        ? {
            ...named,
            sha256: theCase.objects.put(text).sha256,
            assembles: proveSource(bytes, text, named).assembles,
          }
        : null,
  } as const;
}

function sourceFile(path: string): SourceFile | null {
  const name = basename(path);
  const known = ENDINGS.find(([ending]) => name.toLowerCase().endsWith(ending));
  return known ? { path, stem: name.slice(0, -known[0].length), syntax: known[1] } : null;
}

function sourceOf(file: string, sources: readonly SourceFile[], binaries: number): SourceFile | undefined {
  const own = sources.find(({ stem }) => stem === basename(file));
  return own ?? (binaries === 1 && sources.length === 1 ? sources[0] : undefined);
}

function refuseSameNames(files: readonly string[]): void {
  const names = files.map(file => basename(file));
  const twice = files.find((file, i) => names.indexOf(basename(file)) !== i);
  if (twice === undefined) return;
  const cure = 'Take them one after the other, or give one of them another name.';
  throw inputError('seed.same-name', 'two of the files have the same name', { file: twice }, cure);
}

function sourceOfNone(file: string): AssayError {
  const cure = 'Name the binary with it; its name is that of the source without the ending.';
  return inputError('seed.source-of-none', 'a source without its binary', { file }, cure);
}
