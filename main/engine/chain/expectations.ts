import { parseNixHash } from '../base/index.ts';
import type { DescriptionFiles } from './kaem/index.ts';
import { readLiveBootstrap } from './live-bootstrap/index.ts';
import { type Kit, tableLines } from './load.ts';
import { type Expectation, isTreePath } from './plan.ts';
import { badLine, type PublishedFile, sumLines } from './sum-lines.ts';

/**
 * Every hash that the kit publishes, then those of the bundle's own files, then those that the reader finds in the build
 * description.
 */
export function readExpectations(
  kit: Kit,
  published: readonly PublishedFile[],
  files: DescriptionFiles,
): Expectation[] {
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
  const { plan } = kit.description;
  const described = plan.reader === 'live-bootstrap' ? readLiveBootstrap(plan, files).expectations : [];
  return [...fromKit, ...published.flatMap(file => readSha256Sums(file)), ...described];
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
  return sumLines(file).map(({ name, sha256, origin }) => {
    const named = name.replace(/^\.?\//, '');
    const path = file.under === undefined ? named : `${file.under}/${named}`;
    if (!isTreePath(named) || !isTreePath(path)) throw badLine(origin);
    return { path, sha256, size: null, source: 'bundle', origin };
  });
}
