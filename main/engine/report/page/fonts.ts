import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The families of the page, each with the weights it is set in. */
const FAMILIES = [
  { name: 'Inter', folder: 'inter', weights: [400, 600] },
  { name: 'JetBrains Mono', folder: 'jetbrains-mono', weights: [400] },
] as const;

const files = new Map<string, string>();

function read(id: string, encoding: 'utf8' | 'base64'): string {
  let text = files.get(id);
  if (text === undefined) {
    text = readFileSync(require.resolve(id), encoding);
    files.set(id, text);
  }
  return text;
}

/** Whether a CSS `unicode-range` holds any of the characters. */
function covers(range: string, characters: ReadonlySet<number>): boolean {
  const spans = range.split(',').map(span => {
    const [first = '', last = first] = span.replace('U+', '').split('-');
    return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
  });
  return [...characters].some(c => spans.some(span => c >= span.first && c <= span.last));
}

/**
 * The fonts as `@font-face` rules with everything inside. Basic Latin always; the fonts' other parts (Latin extended,
 * Greek, Cyrillic, Vietnamese) only when `text` has characters of them. What no part holds falls back to the reader's
 * own fonts.
 */
export function fontFaces(text: string): string {
  const characters = new Set(
    Array.from(text.matchAll(/[^\0-\x7f]/gu), match => match[0].codePointAt(0) ?? 0),
  );
  characters.add(0x20);
  return FAMILIES.flatMap(({ name, folder, weights }) => {
    const ranges = JSON.parse(read(`@fontsource/${folder}/unicode.json`, 'utf8')) as Record<string, string>;
    return Object.entries(ranges)
      .filter(([, range]) => covers(range, characters))
      .flatMap(([subset, range]) =>
        weights.map(weight => {
          const data = read(
            `@fontsource/${folder}/files/${folder}-${subset}-${weight}-normal.woff2`,
            'base64',
          );
          return `@font-face{font-family:"${name}";font-weight:${weight};unicode-range:${range};src:url(data:font/woff2;base64,${data}) format("woff2")}`;
        }),
      );
  }).join('\n');
}
