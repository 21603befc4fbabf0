/** Text over this many bytes is shown as bytes: an editor would stall on it. */
export const TEXT_LIMIT = 2 << 20;
/** Longest line, in characters, that is shown as text. */
const LINE_LIMIT = 100_000;

/** Why a file is shown as bytes although it was asked for as text, in one sentence; null when it can be shown as text. */
export function unreadable(answer: {
  readonly encoding: 'utf-8' | 'binary' | 'too-large';
  readonly size: number;
  readonly text: string;
}): string | null {
  if (answer.encoding === 'too-large') return 'Over 2 MiB of text is shown as bytes.';
  if (answer.encoding === 'binary') return 'This is no UTF-8 text, so its bytes are shown.';
  if (longestLine(answer.text) > LINE_LIMIT) return 'A line of over 100,000 characters is shown as bytes.';
  return null;
}

/** How lines end: one way, or several. */
export function lineEnds(text: string): 'LF' | 'CRLF' | 'CR' | 'mixed' | 'none' {
  const crlf = count(text, /\r\n/g);
  const lf = count(text, /\n/g) - crlf;
  const cr = count(text, /\r/g) - crlf;
  const ways = [lf > 0, crlf > 0, cr > 0].filter(Boolean).length;
  if (ways > 1) return 'mixed';
  return lf > 0 ? 'LF' : crlf > 0 ? 'CRLF' : cr > 0 ? 'CR' : 'none';
}

/** Lines as editors count them: a last line without an end counts, an empty one after the last end does not. */
export function lineCount(text: string): number {
  if (text === '') return 0;
  const ends = count(text, /\r\n|\r|\n/g);
  return /[\r\n]$/.test(text) ? ends : ends + 1;
}

function count(text: string, what: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(what)) found += 1;
  return found;
}

function longestLine(text: string): number {
  let longest = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const stop = end === -1 ? text.length : end;
    longest = Math.max(longest, stop - at);
    at = stop + 1;
  }
  return longest;
}
