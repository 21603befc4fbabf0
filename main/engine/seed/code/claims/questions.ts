import type { ByteRange } from '../../../case/index.ts';
import type { Definitions } from '../../source/index.ts';
import type { SourceLabel } from '../../source-labels.ts';
import type { CodeListing, CodeRow } from '../listing.ts';
import { commentParts } from './comment.ts';
import { type Agreement, compareClaim, type Target } from './compare.ts';
import { definedAgreement } from './defined-claim.ts';
import { riscvAgreement } from './riscv-claim.ts';
import { type Claim, x86Claim, x86Instruction } from './x86-claim.ts';

/** A comment that says something else than the instruction beside it. It may be the comment that is wrong. */
export interface ClaimQuestion extends ByteRange {
  readonly line: number;
  /** What the comment says, as it stands there. */
  readonly claim: string;
  /** What is there. */
  readonly actual: string;
  /** Both in one sentence, without full stop. */
  readonly text: string;
}

/** What came of comparing the comments of a source with the instructions of a seed. */
export interface ClaimCheck {
  readonly questions: readonly ClaimQuestion[];
  /** Instructions whose comment says the same, and whose comment cannot be compared or is none. */
  readonly equal: number;
  readonly notCompared: number;
}

/** A source as it stands beside the bytes. */
export interface ClaimSource {
  readonly text: string;
  readonly lines: Uint32Array;
  readonly labels: readonly SourceLabel[];
  /** What the names of macros mean, and the bytes that the source gives, to hold them against. */
  readonly macros?: { readonly definitions: Definitions; readonly bytes: Uint8Array };
}

/** Compares what the comments of a source say of instructions, jumps and places with what is there. */
export function checkClaims(listing: CodeListing, source: ClaimSource): ClaimCheck {
  const texts = source.text.split('\n');
  const places = new Map<string, number[]>();
  for (const { name, offset } of source.labels) places.set(name, [...(places.get(name) ?? []), offset]);
  const runs = runsOf(source.lines);
  const addresses = new Map(listing.rows.map(row => [row.offset, row.address]));
  const questions: ClaimQuestion[] = [];
  let [equal, notCompared] = [0, 0];
  for (const row of listing.rows) {
    const line = source.lines[row.offset] ?? 0;
    const own = runs.get(line);
    const alone = own?.offset === row.offset && own.length === row.length;
    if (!alone || row.kind === 'data') {
      notCompared += 1;
      continue;
    }
    const parts = commentParts(texts[line - 1] ?? '');
    const misplaced = offsetQuestion(row, line, LEADING.exec(parts[0] ?? '')?.[1]);
    if (misplaced) questions.push(misplaced);
    const target =
      row.target === null ? null : { offset: row.target, address: addresses.get(row.target) ?? 0n, places };
    const found = claimOf(row, parts, listing.machine, target, source.macros);
    if (found.agreement === 'equal') equal += 1;
    else if (found.agreement === 'not-comparable') notCompared += 1;
    else questions.push(questionOf(row, line, found.claim));
  }
  return {
    questions: [...questions, ...placeQuestions(texts, source, addresses)].sort(
      (a, b) => a.offset - b.offset,
    ),
    equal,
    notCompared,
  };
}

const LEADING = /^([0-9A-Fa-f]{2,16})\s{2,}/;

interface Found {
  readonly agreement: Agreement;
  readonly claim: string;
}

function claimOf(
  row: CodeRow,
  parts: readonly string[],
  machine: string,
  target: Target | null,
  macros: ClaimSource['macros'],
): Found {
  // Some begin with the offset of the line: that is a claim of its own.
  const claim = (parts[0] ?? '').replace(LEADING, '');
  const agreement = instructionAgreement(claim, row, machine, target);
  if (agreement !== 'not-comparable' || !macros) return { agreement, claim };
  const bytes = Buffer.from(macros.bytes.subarray(row.offset, row.offset + row.length)).toString('hex');
  return { agreement: definedAgreement(claim, bytes, macros.definitions, target), claim };
}

/** Compares a claim that says an instruction in the words of a machine. */
function instructionAgreement(
  claim: string,
  row: CodeRow,
  machine: string,
  target: Target | null,
): Agreement {
  if (machine.startsWith('riscv')) return riscvAgreement(claim, row, target);
  if (!/^(x86|amd64)/.test(machine)) return 'not-comparable';
  const said = x86Claim(claim);
  const actual: Claim | null = x86Instruction(row.mnemonic, row.operands);
  return said && actual ? compareClaim(said, actual, target) : 'not-comparable';
}

function questionOf(
  { offset, length, mnemonic, operands, target }: CodeRow,
  line: number,
  claim: string,
): ClaimQuestion {
  const to = target === null ? '' : `, which leads to 0x${target.toString(16)}`;
  const actual = `${mnemonic} ${operands}`.trim();
  return {
    offset,
    length,
    line,
    claim,
    actual,
    text: `Line ${line} says '${claim}'; the instruction is '${actual}'${to}`,
  };
}

/** A comment that begins with another offset, or address, than its line has; null when it has none or the right one. */
function offsetQuestion(row: CodeRow, line: number, digits: string | undefined): ClaimQuestion | null {
  if (digits === undefined) return null;
  const { offset, length, address } = row;
  const said = BigInt(`0x${digits}`);
  if (said === BigInt(offset) || said === address) return null;
  const [claim, actual] = [`0x${digits}`, `0x${offset.toString(16)}`];
  return {
    offset,
    length,
    line,
    claim,
    actual,
    text: `Line ${line} says that it is at ${claim}; it is at ${actual}`,
  };
}

/** For each line that gives bytes in one run, that run; lines that give several have none. */
function runsOf(lines: Uint32Array): ReadonlyMap<number, ByteRange> {
  const runs = new Map<number, { offset: number; length: number }>();
  const several = new Set<number>();
  for (const [offset, line] of lines.entries()) {
    const run = runs.get(line);
    if (!run) runs.set(line, { offset, length: 1 });
    else if (run.offset + run.length === offset) run.length += 1;
    else several.add(line);
  }
  for (const line of several) runs.delete(line);
  return runs;
}

/** Comments that name a place also say where it is: `#:loop (0x60009C)`, `# 0ab  next:`. */
function placeQuestions(
  texts: readonly string[],
  { labels }: ClaimSource,
  addresses: ReadonlyMap<number, bigint>,
): ClaimQuestion[] {
  return labels.flatMap(({ name, offset, line }) => {
    const text = texts[line - 1] ?? '';
    const digits =
      /\(0x([0-9A-Fa-f]{2,16})\)/.exec(text)?.[1] ?? /^[#;]+\s*([0-9A-Fa-f]{2,16})\s/.exec(text)?.[1];
    const address = addresses.get(offset);
    if (digits === undefined || address === undefined) return [];
    const said = BigInt(`0x${digits}`);
    if (said === BigInt(offset) || said === address) return [];
    const claim = `0x${digits}`;
    const actual = `0x${address.toString(16)}`;
    const words = `Line ${line} says that ${name} is at ${claim}; it is at ${actual}, offset 0x${offset.toString(16)}`;
    return [{ offset, length: 1, line, claim, actual, text: words }];
  });
}
