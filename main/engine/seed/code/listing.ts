import type { ByteRange } from '../../case/index.ts';
import { rangeSet } from '../ranges.ts';
import type { Processor } from '../structure/index.ts';
import { loadDecoders } from './capstone.ts';
import { CodeMap, type CodePiece } from './code-map.ts';
import { type Disagreement, sweepDisagreements, withoutOverlaps } from './disagreements.ts';
import { follow, followAnyway, type Reached, type ReachedInstruction } from './flow.ts';
import { type InstructionKind, shownOperands } from './jumps.ts';
import { type CodePart, codePieces, type LoadedCode, partOf } from './pieces.ts';
import { type Starts, startsOf } from './starts.ts';
import { withCondition } from './state.ts';
import { type SystemCall, UNKNOWN_CALL } from './syscalls.ts';

/** Most bytes of code that are read in detail at once. */
export const CODE_LIMIT = 256 << 10;
/** Most disagreements that are told. */
const DISAGREEMENTS = 500;
/** Zeros that nothing reaches are data from so many on, and stand in rows of this many. */
const ZEROS = 16;

/** One row of code: an instruction, or bytes that are none. */
export interface CodeRow extends ByteRange {
  readonly address: bigint;
  /** For data empty, or `.word` and its number where an instruction reads one there. */
  readonly mnemonic: string;
  readonly operands: string;
  readonly kind: InstructionKind | 'data';
  /** Offset of the byte that a jump or call leads to; null when it leads nowhere in this code, or a register decides. */
  readonly target: number | null;
  /** Whether control can come here from the entry; null when that was not followed. */
  readonly reached: boolean | null;
  /** The instruction that loads these bytes as a number; null when none was found. */
  readonly readBy: number | null;
  readonly call: SystemCall | null;
}

/** A place with a name. */
export interface CodeLabel {
  readonly offset: number;
  readonly name: string;
  /** Who calls it that: the seed's source, or the disassembler, for what something jumps to. */
  readonly from: 'source' | 'target' | 'entry';
}

/** What is known of the flow of control when all of the code was followed. */
export interface ControlFlow {
  /** Code that control cannot come to from the entry, as far as its ways could be followed. */
  readonly unreached: readonly ByteRange[];
  /** Jumps and calls whose target a register or memory decides. */
  readonly indirect: readonly number[];
  /** Instructions behind or at the target of which this file has no code. */
  readonly outside: readonly number[];
  /** Places that control comes to and that are no instruction. */
  readonly undecodable: readonly number[];
}

/** The code of a file, read. */
export interface CodeListing {
  readonly machine: Processor;
  /** All bytes that may be run and are no headers. */
  readonly code: readonly ByteRange[];
  /** Ascending; together they cover what was read, without a gap. */
  readonly rows: readonly CodeRow[];
  readonly labels: readonly CodeLabel[];
  readonly disagreements: readonly Disagreement[];
  /** Null when there is more code than was read, so that nobody followed it. */
  readonly flow: ControlFlow | null;
  /** Where the parts before and behind this one begin; null when there is none. */
  readonly previous: number | null;
  readonly next: number | null;
}

/** What to read, and what is known of it beforehand. */
export interface ListingOptions {
  /** A byte of the part that is wanted; by default the first. */
  readonly offset?: number;
  /** Bytes of a part; never more than `CODE_LIMIT`. */
  readonly limit?: number;
  /** Names of places, from the source. */
  readonly labels?: readonly { readonly name: string; readonly offset: number }[];
}

/**
 * Reads the code of a file in its machine's instructions: first what control reaches from the entry, then what lies between.
 * Null for a machine whose instructions nobody here can read, or a file without code.
 */
export async function disassemble(
  bytes: Uint8Array,
  image: LoadedCode,
  options: ListingOptions = {},
): Promise<CodeListing | null> {
  const { machine } = image;
  const all = codePieces(bytes, image);
  if (machine === null || all.length === 0) return null;
  const limit = Math.min(options.limit ?? CODE_LIMIT, CODE_LIMIT);
  const part = partOf(all, options.offset ?? 0, limit);
  const decoder = (await loadDecoders())(machine);
  const map = new CodeMap(bytes, part.pieces, { machine, segments: image.segments }, decoder);
  return list(map, image, { code: all, part, labels: options.labels ?? [], starts: startsOf(bytes, image) });
}

interface Frame {
  readonly code: readonly CodePiece[];
  readonly part: CodePart;
  readonly labels: NonNullable<ListingOptions['labels']>;
  readonly starts: Starts;
}

function list(map: CodeMap, image: LoadedCode, { code, part, labels, starts }: Frame): CodeListing {
  const whole = part.previous === null && part.next === null;
  const entry = image.entry?.offset ?? null;
  // What lies in another part may lead here too.
  const start = entry === null || whole ? starts.entry : withCondition(starts.entry, 'from', entry);
  const reached = follow(map, entry === null || !map.pieceAt(entry) ? [] : [{ offset: entry, state: start }]);
  const literals = literalsOf(map, reached);
  const { rows, overlaps } = rowsOf(map, reached, literals, whole, starts);
  const flow = whole ? flowIn(rows, reached) : null;
  return {
    machine: map.machine,
    code: code.map(({ offset, length }) => ({ offset, length })),
    rows,
    labels: labelsOf(rows, labels, entry),
    disagreements: [...overlaps, ...sweepDisagreements(map, reached)]
      .sort((a, b) => a.offset - b.offset)
      .slice(0, DISAGREEMENTS),
    flow,
    previous: part.previous,
    next: part.next,
  };
}

function flowIn(rows: readonly CodeRow[], { indirect, outside, undecodable }: Reached): ControlFlow {
  const unreached = rangeSet(rows.filter(row => row.reached === false && row.readBy === null));
  return { unreached, indirect, outside, undecodable };
}

/** A word that a reached instruction loads from beside the code. */
interface Literal {
  readonly length: number;
  readonly readBy: number;
}

function literalsOf(map: CodeMap, { instructions }: Reached): Map<number, Literal> {
  const found = new Map<number, Literal>();
  if (map.machine !== 'aarch64') return found;
  for (const [readBy, { decoded }] of instructions) {
    const [, size, address] = /^([wx])\d+, #(0x[0-9a-f]+)$/.exec(decoded.operands) ?? [];
    const at = decoded.mnemonic.startsWith('ldr') && address ? map.offsetOf(BigInt(address)) : null;
    const length = size === 'x' && decoded.mnemonic === 'ldr' ? 8 : 4;
    if (at !== null) found.set(at, { length, readBy });
  }
  return found;
}

function rowsOf(
  map: CodeMap,
  reached: Reached,
  literals: ReadonlyMap<number, Literal>,
  whole: boolean,
  starts: Starts,
) {
  const { taken, overlaps } = withoutOverlaps(map, reached);
  const rows: CodeRow[] = [];
  const gaps: { start: number; end: number }[] = [];
  for (const piece of map.pieces) {
    const end = piece.offset + piece.length;
    let at = piece.offset;
    for (const offset of taken.filter(each => each >= piece.offset && each < end)) {
      if (offset > at) gaps.push({ start: at, end: offset });
      at = offset + (reached.instructions.get(offset)?.decoded.length ?? 1);
    }
    if (at < end) gaps.push({ start: at, end });
  }
  for (const offset of taken) {
    const instruction = reached.instructions.get(offset);
    if (instruction) rows.push(instructionRow(map, offset, instruction, whole ? true : null));
  }
  const between = followAnyway(
    map,
    gaps.map(({ start }) => ({ offset: start, state: starts.at(start) })),
  );
  const all = rows.concat(gaps.flatMap(gap => gapRows(map, gap, between, literals, whole)));
  return { rows: all.sort((a, b) => a.offset - b.offset), overlaps };
}

function instructionRow(
  map: CodeMap,
  offset: number,
  { decoded, flow, target, call }: Pick<ReachedInstruction, 'decoded' | 'flow' | 'target' | 'call'>,
  reached: boolean | null,
): CodeRow {
  return {
    offset,
    length: decoded.length,
    address: map.addressOf(offset),
    mnemonic: decoded.mnemonic,
    operands: shownOperands(decoded, flow, map.machine),
    kind: flow.kind,
    target,
    reached,
    readBy: null,
    call,
  };
}

/** What lies between reached instructions, read from its front; bytes that are no instruction, literals and long zeros are data. */
function gapRows(
  map: CodeMap,
  { start, end }: { readonly start: number; readonly end: number },
  between: Reached,
  literals: ReadonlyMap<number, Literal>,
  whole: boolean,
): CodeRow[] {
  const rows: CodeRow[] = [];
  const known = whole ? false : null;
  for (let at = start; at < end; ) {
    const literal = literals.get(at);
    const zeros = literal === undefined ? zerosAt(map, at, end) : 0;
    const data = Math.min(literal?.length ?? zeros, end - at);
    const found = data > 0 ? null : map.at(at);
    if (found && at + found.decoded.length <= end) {
      const target = found.flow.target === null ? null : map.offsetOf(found.flow.target);
      const call = between.instructions.get(at)?.call ?? unknownCall(found.flow.kind);
      rows.push(instructionRow(map, at, { ...found, target, call }, known));
      at += found.decoded.length;
    } else {
      const length = data > 0 ? data : Math.min(map.skipAt(at), end - at);
      rows.push(dataRow(map, at, length, known, literal?.length === length ? literal.readBy : null));
      at += length;
    }
  }
  return rows;
}

function unknownCall(kind: InstructionKind): SystemCall | null {
  return kind === 'syscall' ? UNKNOWN_CALL : null;
}

function dataRow(
  map: CodeMap,
  offset: number,
  length: number,
  reached: boolean | null,
  readBy: number | null,
): CodeRow {
  const bytes = map.from(offset, length);
  const number = `0x${Buffer.from(bytes).reverse().toString('hex')}`;
  return {
    offset,
    length,
    address: map.addressOf(offset),
    mnemonic: readBy === null ? '' : '.word',
    operands: readBy === null ? '' : number,
    kind: 'data',
    target: null,
    reached,
    readBy,
    call: null,
  };
}

function zerosAt(map: CodeMap, offset: number, end: number): number {
  const bytes = map.from(offset, Math.min(ZEROS, end - offset));
  return bytes.length === ZEROS && bytes.every(byte => byte === 0) ? ZEROS : 0;
}

function labelsOf(rows: readonly CodeRow[], named: Frame['labels'], entry: number | null): CodeLabel[] {
  const labels = new Map<number, CodeLabel>();
  for (const { target } of rows) {
    if (target !== null)
      labels.set(target, { offset: target, name: `loc_${target.toString(16)}`, from: 'target' });
  }
  if (entry !== null && rows.some(row => row.offset === entry))
    labels.set(entry, { offset: entry, name: 'entry', from: 'entry' });
  const starts = new Set(rows.map(row => row.offset));
  for (const { name, offset } of named)
    if (starts.has(offset)) labels.set(offset, { offset, name, from: 'source' });
  return [...labels.values()].sort((a, b) => a.offset - b.offset);
}
