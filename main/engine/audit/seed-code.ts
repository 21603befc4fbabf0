import type { SeedCodeAnswer, SeedQuestionsAnswer } from '../../contract/documents/seed-code.ts';
import type { Case, EventOf } from '../case/index.ts';
import {
  assembleFor,
  bytesIn,
  type CodeListing,
  type CodeRow,
  callText,
  checkClaims,
  conditionsOf,
  type Definitions,
  disassemble,
  type ListingOptions,
  type LoadedImage,
  loadedImage,
  type NamedSource,
  restsText,
  type SourceLabel,
  STRUCTURE_LIMIT,
} from '../seed/index.ts';

/** Most places of one kind that an answer names. */
const PLACES = 1000;

/** The source of a seed beside its bytes. */
export interface SeedSource {
  readonly path: string;
  readonly text: string;
  /** For each byte of the seed, its line from 1. */
  readonly lines: Uint32Array;
  readonly labels: readonly SourceLabel[];
}

/** A part of a seed's code as it was read, with what its source says. */
export interface SeedCode {
  readonly bytes: Buffer;
  readonly image: LoadedImage;
  /** Null when there is none that can be read. */
  readonly listing: CodeListing | null;
  /** Null when the kit names none, or it gives other bytes. */
  readonly source: SeedSource | null;
}

/** Reads the instructions of a file's bytes, as {@link disassemble} does with the image that they give. */
export type ReadsCode = (bytes: Uint8Array, options: ListingOptions) => Promise<CodeListing | null>;

const here: ReadsCode = (bytes, options) => disassemble(bytes, loadedImage(bytes), options);

/** Reads the part of a seed's code that holds `offset`; none of a seed of more than `STRUCTURE_LIMIT` bytes. */
export async function readSeedCode(
  theCase: Case,
  { seed, source }: EventOf<'seed-checked'>,
  offset: number,
  reads: ReadsCode = here,
): Promise<SeedCode> {
  const bytes = isReadable(seed) ? theCase.objects.read(seed.sha256) : Buffer.alloc(0);
  const image = loadedImage(bytes);
  const read = source?.assembles ? sourceOf(bytes, theCase.objects.read(source.sha256), source) : null;
  const listing = await reads(bytes, { offset, labels: read?.labels ?? [] });
  return { bytes, image, listing, source: read };
}

const isReadable = ({ size }: { readonly size: number }) => size <= STRUCTURE_LIMIT;

function sourceOf(seed: Buffer, source: Buffer, named: NamedSource): SeedSource {
  const { lines, labels } = assembleFor(seed, source, named);
  return { path: named.path, text: source.toString('utf8'), lines, labels };
}

/** At most `limit` rows of what was read, those that hold `offset`: one answer for window and command line. */
export function seedCodeAnswer(
  { name, seed }: Pick<EventOf<'seed-checked'>, 'name' | 'seed'>,
  code: SeedCode,
  offset: number,
  limit: number,
): SeedCodeAnswer {
  const { listing } = code;
  const about = { seed: { name, ...seed }, machine: code.image.machine };
  if (!listing) return { ...about, ...NO_CODE, why: isReadable(seed) ? whyNone(code.image) : TOO_LARGE };
  const { rows, flow } = listing;
  const at = Math.max(
    0,
    rows.findLastIndex(row => row.offset <= offset),
  );
  const from = Math.floor(at / limit) * limit;
  const shown = rows.slice(from, from + limit);
  const end = rows[from + limit]?.offset ?? null;
  const first = shown[0]?.offset ?? 0;
  return {
    ...about,
    why: null,
    code: listing.code.slice(0, PLACES).map(range => ({ ...range })),
    rows: shown.map(row => rowAnswer(row, code)),
    labels: listing.labels
      .filter(label => label.from === 'source' || (label.offset >= first && label.offset < (end ?? Infinity)))
      .slice(0, limit + PLACES)
      .map(label => ({ ...label })),
    disagreements: listing.disagreements.map(each => ({ ...each })),
    flow: flow && {
      unreached: flow.unreached.slice(0, PLACES).map(range => ({ ...range })),
      unreachedBytes: bytesIn(flow.unreached),
      indirect: flow.indirect.slice(0, PLACES),
      outside: flow.outside.slice(0, PLACES),
      undecodable: flow.undecodable.slice(0, PLACES),
    },
    previous: rows[from - limit]?.offset ?? listing.previous,
    next: end ?? listing.next,
  };
}

/** What the comments of a seed's source say otherwise than its code, in the part that was read; `definitions` are of the bundle's macros. */
export function seedQuestionsAnswer(
  { name, seed }: Pick<EventOf<'seed-checked'>, 'name' | 'seed'>,
  { bytes, listing, source }: SeedCode,
  definitions: Definitions,
): SeedQuestionsAnswer {
  const about = { seed: { name, ...seed } };
  if (!listing || !source) return { ...about, questions: [], equal: 0, notCompared: 0, more: false };
  const { questions, equal, notCompared } = checkClaims(listing, {
    ...source,
    macros: { definitions, bytes },
  });
  return {
    ...about,
    questions: questions.slice(0, PLACES).map(question => ({ ...question })),
    equal,
    notCompared,
    more: listing.next !== null || questions.length > PLACES,
  };
}

const NO_CODE = {
  code: [],
  rows: [],
  labels: [],
  disagreements: [],
  flow: null,
  previous: null,
  next: null,
} as const satisfies Partial<SeedCodeAnswer>;

const TOO_LARGE = `The file has more than ${STRUCTURE_LIMIT >> 20} MiB, too many to look for code in`;

function whyNone({ machine, segments }: LoadedImage): string {
  if (machine === null) return 'The file names no machine whose instructions Assay reads';
  return segments.some(({ execute }) => execute)
    ? 'The file has no byte beside its headers that may be run'
    : 'The file says that no byte of it may be run';
}

function rowAnswer(row: CodeRow, { bytes, source }: SeedCode): SeedCodeAnswer['rows'][number] {
  const { offset, length, address, call, ...rest } = row;
  return {
    ...rest,
    offset,
    length,
    address: `0x${address.toString(16)}`,
    bytes: bytes.toString('hex', offset, offset + length),
    call: call && {
      number: call.number,
      name: call.name,
      text: callText(call),
      oneOf: call.oneOf.map(each => ({ ...each })),
      args: call.args.map(arg => ({ ...arg, rests: [...arg.rests] })),
      rests: [...call.rests],
      restsText: restsText(call),
      conditions: conditionsOf(call).map(each => ({ ...each, at: [...each.at] })),
    },
    line: source?.lines[offset] ?? null,
  };
}
