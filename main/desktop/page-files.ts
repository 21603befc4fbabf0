import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** Scheme and host of the page; everything of the page has this origin. */
export const PAGE_ORIGIN = 'app://assay';
/** The one address that the window shows. */
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;

/** Media types of what a built page is made of. A file of another kind is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * What a page may do. Monaco sets styles inline and draws squiggles as data: images; the report's page, shown in a frame without
 * scripts, has its fonts inside.
 */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "webrtc 'block'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** The files of the built page by the paths of their addresses, as they lay there at the start. */
export class PageFiles {
  readonly #files: ReadonlyMap<string, { readonly path: string; readonly type: string }>;

  /** Names with anything but plain letters, digits and `._-` have no address. */
  constructor(folder: string) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name =>
      name.split(sep).join('/'),
    );
    this.#files = new Map(
      names.flatMap(name => {
        const type = TYPES[extname(name)];
        if (!type || !/^[A-Za-z0-9._/-]+$/.test(name)) return [];
        return [[`/${name}`, { path: join(folder, name), type }] as const];
      }),
    );
  }

  /** Answers a request for an address. Nothing is decoded or joined: an address is one on the list or there is no such file. */
  answer(method: string, address: string): Response {
    if (method !== 'GET') return refusal(405);
    const file = address.startsWith(`${PAGE_ORIGIN}/`)
      ? this.#files.get(address.slice(PAGE_ORIGIN.length))
      : undefined;
    if (!file) return refusal(404);
    return new Response(new Uint8Array(readFileSync(file.path)), {
      headers: { ...HEADERS, 'Content-Type': file.type },
    });
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain' } });
}
