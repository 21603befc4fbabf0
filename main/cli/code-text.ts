import type { CodeRowAnswer, SeedCodeAnswer, SeedQuestionsAnswer } from '../contract/documents/seed-code.ts';
import { inertText } from '../contract/inert.ts';
import { type Annotation, type ByteRange, plural, rangeText } from '../engine/index.ts';

/** What stands beside the instructions. */
export interface Beside {
  readonly annotations: readonly Annotation[];
  /** The lines of the source. */
  readonly source: readonly string[];
  /** Whether the comments of the source are shown. */
  readonly comments: boolean;
}

/** Instructions, one a line: offset, bytes, instruction, line of the source, what is said of it. */
export function listingText(answer: SeedCodeAnswer, beside: Beside): string {
  const { name } = answer.seed;
  if (answer.why !== null) return `${inertText(name)}: ${answer.why}.`;
  const labels = new Map(answer.labels.map(label => [label.offset, label.name]));
  const others = new Map(answer.disagreements.map(each => [each.offset, each]));
  const lines = answer.rows.flatMap(row => {
    const label = labels.get(row.offset);
    const other = others.get(row.offset);
    return [
      ...(label === undefined ? [] : [`${inertText(label)}:`]),
      rowText(row, beside, labels),
      ...callLines(row),
      ...(other
        ? [
            `        ! ${rangeText(other)} read ${other.kind === 'jump' ? 'from here' : 'from the front'}: ${other.other}`,
          ]
        : []),
    ];
  });
  return [`${inertText(name)}  ${answer.machine}`, ...lines, ...flowText(answer)].join('\n').trimEnd();
}

/** What a system call rests on, and what has to hold for it. */
function callLines({ call }: CodeRowAnswer): string[] {
  if (!call) return [];
  const rests = call.restsText === '' ? [] : [call.restsText];
  return [...rests, ...call.conditions.map(({ text }) => `if ${text}`)].map(each => `        . ${each}`);
}

function rowText(row: CodeRowAnswer, beside: Beside, labels: ReadonlyMap<number, string>): string {
  const { offset, bytes, mnemonic, operands, call, kind, reached, readBy, target } = row;
  const instruction = kind === 'data' ? `data ${operands}` : `${mnemonic.padEnd(7)} ${operands}`;
  const notes = [
    ...(call ? [call.text] : []),
    ...(target === null ? [] : [`to ${inertText(labels.get(target) ?? `0x${target.toString(16)}`)}`]),
    ...(readBy === null ? [] : [`read at 0x${readBy.toString(16)}`]),
    ...(reached === false && readBy === null ? ['nothing reaches it'] : []),
    ...beside.annotations.filter(({ ranges }) => ranges.some(range => meets(range, row))).map(saidText),
  ];
  const source = sourceText(row, beside);
  const left = `${offset.toString(16).padStart(6, '0')}  ${bytes.padEnd(20)}  ${instruction.padEnd(32)}`;
  return `${left}  ${source}${notes.length > 0 ? `  ; ${notes.join('; ')}` : ''}`.trimEnd();
}

const meets = (a: ByteRange, b: ByteRange) =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;

function saidText({ kind, label, by }: Annotation): string {
  return `[${kind}: ${inertText(label)}, ${inertText(by)}]`;
}

function sourceText({ line }: CodeRowAnswer, { source, comments }: Beside): string {
  if (line === null) return '';
  const whole = (source[line - 1] ?? '').replaceAll('\t', ' ').trim();
  const comment = whole.search(/[#;]/);
  const shown = comments || comment < 0 ? whole : whole.slice(0, comment).trimEnd();
  return `${String(line).padStart(5)}  ${inertText(shown).padEnd(24)}`;
}

/** What is to be said of the flow of control as a whole. */
function flowText({ flow, next }: SeedCodeAnswer): string[] {
  const places = (offsets: readonly number[]) => offsets.map(each => `0x${each.toString(16)}`).join(' ');
  const lines: string[] = [''];
  if (!flow) lines.push('Control was not followed: there is more code than is read at once.');
  else {
    const { unreached, unreachedBytes, indirect, outside, undecodable } = flow;
    lines.push(
      unreachedBytes === 0
        ? 'Control reaches all of the code.'
        : `Nothing reaches ${plural(unreachedBytes, 'byte')}: ${unreached.map(rangeText).join(' ')}`,
    );
    if (indirect.length > 0)
      lines.push(
        `A register or memory decides where these lead, so not every way was followed: ${places(indirect)}`,
      );
    if (outside.length > 0)
      lines.push(`After these, control is where the file has no code: ${places(outside)}`);
    if (undecodable.length > 0) lines.push(`Control comes to what is no instruction: ${places(undecodable)}`);
  }
  if (next !== null) lines.push(`Not disassembled beyond; go on with --offset 0x${next.toString(16)}`);
  return lines;
}

/** Where comments and instructions disagree, one a line. */
export function questionsText({ questions, equal, notCompared, more }: SeedQuestionsAnswer): string {
  return [
    ...questions.map(question => `${rangeText(question)}  ${inertText(question.text)}`),
    `${plural(questions.length, 'question')}; ${plural(equal, 'comment')} say what the instruction does, ${notCompared} could not be compared${more ? '; there is more code' : ''}`,
  ].join('\n');
}
