import type { BundleEntry } from '../case/index.ts';
import type { Bundle } from './bundle.ts';

/** The one folder that everything lies in, as archives of a release often have it; '' when there is no such folder. */
export function loneFolder(entries: Iterable<Pick<BundleEntry, 'path' | 'type'>>): string {
  let folder = '';
  for (const { path, type } of entries) {
    const slash = path.indexOf('/');
    if (slash < 0 && type !== 'directory') return '';
    const top = slash < 0 ? path : path.slice(0, slash);
    if (folder !== '' && folder !== top) return '';
    folder = top;
  }
  return folder;
}

/** An entry of a bundle as it is seen from one of its folders; null when it lies outside. '' is the bundle's top. */
export function entryWithin(folder: string, entry: BundleEntry): BundleEntry | null {
  if (folder === '') return entry;
  const inner = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null);
  const path = inner(entry.path);
  const target = entry.type === 'hardlink' ? inner(entry.target ?? '') : entry.target;
  return path === null ? null : { ...entry, path, target };
}

/** A bundle as it is seen from one of its folders: paths are relative to that, and nothing outside it is there. */
export function bundleWithin(bundle: Bundle, folder: string): Bundle {
  const outer = (path: string) => `${folder}/${path}`;
  const see = (entry: BundleEntry) => entryWithin(folder, entry);
  return {
    event: bundle.event,
    entry(path) {
      const entry = bundle.entry(outer(path));
      return (entry && see(entry)) ?? undefined;
    },
    *entries() {
      for (const entry of bundle.entries()) {
        const seen = see(entry);
        if (seen) yield seen;
      }
    },
    read: (path, limit) => bundle.read(outer(path), limit),
    chunks: path => bundle.chunks(outer(path)),
    content: (path, options) => bundle.content(outer(path), options),
    unpack: (target, options) => bundle.unpack(target, { ...options, within: folder }),
    close: () => bundle.close(),
    [Symbol.dispose]: () => bundle.close(),
  };
}
