import { shellWord } from '../../base/index.ts';
import { Html, type HtmlValue, html, nothing } from './html.ts';

/** Longest argument list that is shown, in characters. */
export const ARGV_LIMIT = 400;
/** Longest name or path that is shown whole: every path a plan may hold is. */
export const NAME_LIMIT = 1024;
/** Longest sentence that is shown whole. */
export const PROSE_LIMIT = 2000;

const numbers = new Intl.NumberFormat('en-US');

/** A count with thousands commas. */
export function count(n: number): string {
  return numbers.format(n);
}

/** `1 file`, `2 files`, with thousands commas. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** An instant of the log, `2026-11-24 11:15:00`, in UTC. */
export function instant(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** Scripts with letters that look like Latin ones. */
const LOOKALIKE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;

function mixesScripts(text: string): boolean {
  return LOOKALIKE.test(text) && /\p{Script=Latin}/u.test(text);
}

interface Cut {
  readonly shown: string;
  readonly note: Html;
}

/** Cuts at the end, between characters, and says how long the whole is. */
function cut(text: string, limit: number, length = text.length): Cut {
  if (length <= limit) return { shown: text, note: nothing };
  const half = /[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? 1 : 0;
  return {
    shown: text.slice(0, limit - half).replace(/ +$/, ''),
    note: html`<span class="cut">… cut, ${counted(length, 'character')} in all</span>`,
  };
}

/** A name, path or message from evidence: mono, isolated, cut at `limit` characters, mixed scripts flagged. */
export function evidence(text: string, limit = NAME_LIMIT): Html {
  const { shown, note } = cut(text, limit);
  const flag = mixesScripts(text) ? html` <span class="cc">mixed scripts</span>` : nothing;
  return html`<bdi dir="ltr" class="m">${breakable(html`${shown}`)}</bdi>${note}${flag}`;
}

/** Lets lines break after the slashes of a path. A slash that belongs to a tag follows its `<`. */
function breakable(text: Html): Html {
  return new Html(text.markup.replace(/(?<!<)\//g, '/<wbr>'));
}

/** A sentence that may hold names from evidence: isolated, cut at {@link PROSE_LIMIT} characters. */
export function prose(text: string): Html {
  const { shown, note } = cut(text, PROSE_LIMIT);
  return html`<bdi>${shown}</bdi>${note}`;
}

/** A hash, always complete. */
export function hash(sha256: string): Html {
  return html`<code class="h">${sha256}</code>`;
}

/** An argument list as it would be typed, cut at {@link ARGV_LIMIT} characters without joining what is not shown. */
export function argumentList(argv: readonly string[]): Html {
  let line = '';
  let length = 0;
  for (const [i, argument] of argv.entries()) {
    const word = (i > 0 ? ' ' : '') + shellWord(argument);
    length += word.length;
    if (line.length <= ARGV_LIMIT) line += word;
  }
  const { shown, note } = cut(line, ARGV_LIMIT, length);
  return html`<bdi dir="ltr" class="m">${shown}</bdi>${note}`;
}

/** Pieces of markup with another between each two. */
export function joined(parts: readonly HtmlValue[], between: string): Html {
  return new Html(parts.map(part => html`${part}`.markup).join(between));
}
