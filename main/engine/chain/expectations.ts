import { inputError, parseNixHash } from '../base/index.ts';
import { type Kit, tableLines } from './load.ts';
import { type Expectation, isTreePath } from './plan.ts';

/** The largest file of published hashes that is read, in bytes. */
export const PUBLISHED_LIMIT = 16 << 20;

/** A file of the bundle that holds published hashes. */
export interface PublishedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Every hash that the kit and the bundle's own files publish, in that order. */
export function readExpectations(kit: Kit, published: readonly PublishedFile[]): Expectation[] {
  const lineOf = tableLines(kit.bytes.toString('utf8'));
  const fromKit = kit.description.expectation.map(
    (entry, i): Expectation => ({
      path: entry.path,
      ...hashOf(entry),
      size: entry.size ?? null,
      source: 'kit',
      origin: { file: 'kit.toml', line: lineOf(['expectation', i]) },
    }),
  );
  return [...fromKit, ...published.flatMap(file => readSha256Sums(file))];
}

/** The kit's schema has seen to it that there is one of the two. */
function hashOf(entry: Kit['description']['expectation'][number]): Pick<Expectation, 'sha256' | 'form'> {
  const nar = entry['nar-sha256'];
  if (nar === undefined) return { sha256: entry.sha256 ?? '' };
  return { sha256: parseNixHash(nar) ?? '', form: 'nar' };
}

/**
 * Reads lines as `sha256sum` writes them: 64 digits, a blank, a blank or `*`, the name. A leading `./` or `/` of the name is
 * dropped: names are relative to the root of the tree. Throws `published.bad-line`.
 */
export function readSha256Sums(file: PublishedFile): Expectation[] {
  const lines = file.bytes.toString('utf8').split('\n');
  return lines.flatMap((text, i) => {
    if (text.trim() === '' || text.startsWith('#')) return [];
    const match = /^([0-9a-fA-F]{64}) [ *](?:\.?\/)?(.+?)\r?$/.exec(text);
    const path = match?.[2] ?? '';
    if (!match?.[1] || !isTreePath(path)) {
      throw inputError('published.bad-line', 'this is not a line of sha256sum', {
        file: file.path,
        line: i + 1,
      });
    }
    return [
      {
        path,
        sha256: match[1].toLowerCase(),
        size: null,
        source: 'bundle',
        origin: { file: file.path, line: i + 1 },
      },
    ] as const;
  });
}
