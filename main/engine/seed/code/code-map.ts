import type { ImageSegment, Processor } from '../structure/index.ts';
import type { Decoded, Decoder } from './capstone.ts';
import { type Flow, flowOf } from './jumps.ts';
import { FACTS } from './machine.ts';

/** Most parts of a file that may lie over each other; nothing is read of a file of more. */
const SEGMENTS = 16;

/** Bytes that may be code, with the address at which they run. */
export interface CodePiece {
  readonly offset: number;
  readonly length: number;
  readonly address: bigint;
}

/** An instruction and where it leads. */
export interface ReadInstruction {
  readonly decoded: Decoded;
  readonly flow: Flow;
}

/** The code of a file: where each byte runs, and the instruction at any of them, read once. Pieces ascend and are apart. */
export class CodeMap {
  readonly machine: Processor;
  readonly pieces: readonly CodePiece[];
  readonly #bytes: Uint8Array;
  readonly #decoder: Decoder;
  readonly #segments: readonly ImageSegment[];
  readonly #read = new Map<number, ReadInstruction | null>();

  constructor(
    bytes: Uint8Array,
    pieces: readonly CodePiece[],
    { machine, segments }: { readonly machine: Processor; readonly segments: readonly ImageSegment[] },
    decoder: Decoder,
  ) {
    this.#bytes = bytes;
    this.#segments = segments;
    this.pieces = pieces;
    this.machine = machine;
    this.#decoder = decoder;
  }

  /** The piece that holds an offset. */
  pieceAt(offset: number): CodePiece | null {
    return this.pieces.find(piece => offset >= piece.offset && offset < piece.offset + piece.length) ?? null;
  }

  /** Where a byte of the code runs. */
  addressOf(offset: number): bigint {
    const piece = this.pieceAt(offset);
    return piece ? piece.address + BigInt(offset - piece.offset) : 0n;
  }

  /** The byte of the code that runs at an address. */
  offsetOf(address: bigint): number | null {
    const piece = this.pieces.find(
      each => address >= each.address && address < each.address + BigInt(each.length),
    );
    return piece ? piece.offset + Number(address - piece.address) : null;
  }

  /** The bytes from an offset on, at most `length` and none past its piece. */
  from(offset: number, length: number): Uint8Array {
    const piece = this.pieceAt(offset);
    const end = piece ? Math.min(offset + length, piece.offset + piece.length) : offset;
    return this.#bytes.subarray(offset, end);
  }

  /** The instruction that begins at an offset; null when there is none. */
  at(offset: number): ReadInstruction | null {
    const known = this.#read.get(offset);
    if (known !== undefined) return known;
    const address = this.addressOf(offset);
    const { longest, alignment } = FACTS[this.machine];
    const aligned = address % BigInt(alignment) === 0n;
    const decoded = aligned ? this.#decoder.decode(this.from(offset, longest), address) : null;
    const found = decoded && { decoded, flow: flowOf(decoded, address, this.machine) };
    this.#read.set(offset, found);
    return found;
  }

  /** The number that the file has at an address, low byte first; null where it has none, or more than one of its parts lies there. */
  numberAt(address: bigint, size: number): bigint | null {
    if (this.#segments.length > SEGMENTS) return null;
    const found = this.#segments.filter(
      ({ address: from, memory }) => address + BigInt(size) > from && address < from + memory,
    );
    const [only] = found;
    const within = only ? address - only.address : -1n;
    if (found.length !== 1 || !only || within < 0n || within + BigInt(size) > BigInt(only.length))
      return null;
    const from = only.offset + Number(within);
    const bytes = this.#bytes.subarray(from, from + size);
    return bytes.length === size ? BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) : null;
  }

  /** How many bytes to pass over where there is no instruction, to where the next one could begin. */
  skipAt(offset: number): number {
    const { alignment } = FACTS[this.machine];
    const piece = this.pieceAt(offset);
    const left = piece ? piece.offset + piece.length - offset : 1;
    return Math.min(left, alignment - Number(this.addressOf(offset) % BigInt(alignment)));
  }
}
