import assert from 'node:assert/strict';

/** An element of a parsed page; text is in `children` as strings. */
export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const VOID = new Set(['meta', 'wbr', 'br']);
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** What a style element holds ends at the first `</style`, whatever comes before. */
function takeRaw(page: string, start: number, into: Element | undefined): number {
  const end = page.indexOf('</style', start);
  assert.ok(end >= 0, 'the style does not end');
  into?.children.push(page.slice(start, end));
  return end;
}

const TOKEN = /<!doctype html>|<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"<>]*")*)(\/?)>|[^<>]+/y;

function decoded(text: string): string {
  assert.doesNotMatch(text.replace(/&(?:amp|lt|gt|quot|#39);/g, ''), /&/, 'an ampersand is not escaped');
  return text.replace(/&([a-z0-9#]+);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/**
 * Parses the page. Stricter than a browser: every element is closed in order, every attribute is double-quoted, no `<`,
 * `>` or `&` stands bare. What it accepts, every HTML parser reads in the same way.
 */
export function parsePage(page: string): Element {
  const root: Element = { tag: 'root', attributes: new Map(), children: [] };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < page.length) {
    const start = TOKEN.lastIndex;
    if (open.at(-1)?.tag === 'style' && !page.startsWith('</style', start)) {
      TOKEN.lastIndex = takeRaw(page, start, open.at(-1));
      continue;
    }
    const match = TOKEN.exec(page);
    assert.ok(match, `not well-formed at ${start}: ${page.slice(start, start + 80)}`);
    const top = open.at(-1);
    assert.ok(top);
    const [token, closing, tag, attributes = '', selfClosing] = match;
    if (tag === undefined) {
      if (!token.startsWith('<')) top.children.push(decoded(token));
    } else if (closing) {
      assert.equal(tag, top.tag, `</${tag}> closes <${top.tag}>`);
      open.pop();
    } else {
      const pairs = Array.from(
        attributes.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g),
        pair => [pair[1], decoded(pair[2] ?? '')] as [string, string],
      );
      const element: Element = { tag, attributes: new Map(pairs), children: [] };
      assert.equal(element.attributes.size, pairs.length, 'an attribute stands twice');
      top.children.push(element);
      if (!selfClosing && !VOID.has(tag)) open.push(element);
    }
  }
  assert.equal(open.length, 1, `${open.at(-1)?.tag} is not closed`);
  return root;
}

/** Every element below one, in the order of the page. */
export function* elements(of: Element): Generator<Element> {
  for (const child of of.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* elements(child);
  }
}

/** All elements that a test accepts. */
export function all(of: Element, test: (element: Element) => boolean): Element[] {
  return [...elements(of)].filter(test);
}

export const hasClass = (name: string) => (element: Element) =>
  (element.attributes.get('class') ?? '').split(' ').includes(name);

/** The one element that a test accepts. */
export function one(of: Element, test: (element: Element) => boolean): Element {
  const found = all(of, test);
  assert.equal(found.length, 1);
  return found[0] as Element;
}

/** The text inside an element, blanks as they stand, style left out. */
export function textOf(element: Element | string): string {
  if (typeof element === 'string') return element;
  return element.tag === 'style' ? '' : element.children.map(textOf).join('');
}
