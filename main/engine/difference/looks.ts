import type { Lookalike } from '../../contract/documents/difference.ts';
import type { Bytes } from './bytes.ts';
import type { Run } from './runs.ts';

/** Bytes around a difference that are looked at on each side, to see the whole of a text. */
const AROUND = 256;
/** Longest text that is shown. */
const SHOWN = 200;

interface Look {
  readonly cause: Lookalike['cause'];
  readonly words: string;
  /** What of a text has the form; global. */
  readonly form: RegExp;
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
const TIMES = [
  String.raw`\b(?:19|20)\d\d[-/][01]\d[-/][0-3]\d`,
  String.raw`\b[0-2]\d:[0-5]\d(?::[0-5]\d)?\b`,
  String.raw`\b${MONTH}\.? +\d{1,2}\b`,
  String.raw`\b\d{1,2} ${MONTH},? \d{4}\b`,
];
/** Texts by how telling their form is: the first that both sides have, and have differently, is named. */
const LOOKS: readonly Look[] = [
  {
    cause: 'uuid',
    words: 'looks like a UUID',
    form: /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi,
  },
  { cause: 'hash', words: 'looks like a hash or a random name', form: /\b[0-9a-f]{32,128}\b/gi },
  { cause: 'time', words: 'looks like a time', form: new RegExp(TIMES.join('|'), 'gi') },
  { cause: 'user', words: 'looks like a user at a host', form: /[\w.-]+@[\w-]+(?:\.[\w-]+)*/g },
  {
    cause: 'path',
    words: 'looks like a path',
    form: /(?<![^\s:=,;'"(<-])\.{0,2}\/[^\s/][^\s:;'"]*|[^\s/]+\/[^\s/]+\/[^\s:;'"]+/g,
  },
  { cause: 'version', words: 'looks like a version', form: /\b\d+\.\d+\.\d+(?:[.-]\w+)*\b/g },
  {
    cause: 'host',
    words: 'looks like the name of a host',
    form: /(?<!\S)(?=\S*[a-z])(?!\S+\.[a-z](?!\S))[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+(?!\S)/gi,
  },
];

/** What two texts that stand in each other's place look like, or null when no form is known. */
export function looksOfTexts(a: string, b: string): Lookalike | null {
  for (const { cause, words, form } of LOOKS) {
    const [p, q] = [[...a.matchAll(form)].join('\n'), [...b.matchAll(form)].join('\n')];
    if (p !== '' && q !== '' && p !== q) return { cause, words, a: shown(a), b: shown(b) };
  }
  return null;
}

/** What the bytes of one run look like, with the text around them; null when nothing suggests itself. */
export function looksOf(a: Bytes, b: Bytes, run: Run): Lookalike | null {
  if (run.kind === 'equal' || run.kind === 'unaligned') return null;
  const [p, q] = [a.read(run.a, Math.min(run.aLength, 4096)), b.read(run.b, Math.min(run.bLength, 4096))];
  return zeros(run, p, q) ?? textAround(a, b, run) ?? number(a, b, run);
}

function zeros({ kind, aLength, bLength }: Run, p: Buffer, q: Buffer): Lookalike | null {
  const [pZero, qZero] = [p.every(byte => byte === 0), q.every(byte => byte === 0)];
  const look = (words: string): Lookalike => ({ cause: 'zeros', words, a: '', b: '' });
  if (kind === 'inserted' && qZero) return look(`${bLength} zero bytes more, like padding`);
  if (kind === 'deleted' && pZero) return look(`${aLength} zero bytes less, like padding`);
  if (kind === 'changed' && aLength >= 4 && pZero !== qZero)
    return look('zeros on one side, content on the other');
  return null;
}

const isText = (byte: number | undefined) => byte !== undefined && byte >= 32 && byte < 127;

/** Goes by the words that the run lies in, then by the whole text. */
function textAround(a: Bytes, b: Bytes, run: Run): Lookalike | null {
  const [p, q] = [textAt(a, run.a, run.aLength), textAt(b, run.b, run.bLength)];
  if (p === null || q === null || p.whole.length + q.whole.length < 6) return null;
  const known = looksOfTexts(p.words, q.words) ?? looksOfTexts(p.whole, q.whole);
  if (known) return known;
  return Math.min(p.whole.length, q.whole.length) >= 4
    ? { cause: 'text', words: 'is text', a: shown(p.whole), b: shown(q.whole) }
    : null;
}

/** The text that a stretch of bytes lies in, whole and only its words there; null when the stretch holds anything else. */
function textAt(bytes: Bytes, offset: number, length: number): { whole: string; words: string } | null {
  if (length > 512) return null;
  const from = Math.max(0, offset - AROUND);
  const piece = bytes.read(from, offset - from + length + AROUND);
  const [start, stop] = [offset - from, offset - from + length];
  for (let i = start; i < stop; i += 1) if (!isText(piece[i])) return null;
  const around = (belongs: (byte: number | undefined) => boolean) => {
    let [begin, end] = [start, stop];
    while (belongs(piece[begin - 1])) begin -= 1;
    while (belongs(piece[end])) end += 1;
    return piece.toString('latin1', begin, end);
  };
  return { whole: around(isText), words: around(byte => isText(byte) && byte !== 32) };
}

/** Times that programs store as numbers: seconds since 1970, from 2001 on and before 2038. */
const [FIRST_TIME, LAST_TIME] = [1_000_000_000, 2 ** 31 - 1];
/** Further apart, in seconds, any number could be meant: 400 days. */
const APART = 400 * 86_400;

/** A changed number of four bytes, on a multiple of four, that is a time on both sides. */
function number(a: Bytes, b: Bytes, run: Run): Lookalike | null {
  const [begin, end] = [run.a - (run.a % 4), run.a + run.aLength];
  if (run.kind !== 'changed' || end > begin + 4 || (run.a - run.b) % 4 !== 0) return null;
  const [p, q] = [a.read(begin, 4), b.read(run.b - (run.a % 4), 4)];
  if (p.length < 4 || q.length < 4) return null;
  const orders = [
    [p.readUInt32LE(), q.readUInt32LE()],
    [p.readUInt32BE(), q.readUInt32BE()],
  ] as const;
  const times = orders.find(
    ([x, y]) => Math.min(x, y) >= FIRST_TIME && Math.max(x, y) <= LAST_TIME && Math.abs(x - y) <= APART,
  );
  if (!times) return null;
  return { cause: 'time', words: 'may be a time', a: instant(times[0]), b: instant(times[1]) };
}

/** Seconds since 1970 as a date and time. */
export function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000', '');
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
