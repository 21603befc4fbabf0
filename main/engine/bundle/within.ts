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

/** A bundle as it is seen from one of its folders: paths are relative to that, and nothing outside it is there. */
export function bundleWithin(bundle: Bundle, folder: string): Bundle {
  const outer = (path: string) => `${folder}/${path}`;
  const inner = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null);
  const see = (entry: BundleEntry): BundleEntry | null => {
    const path = inner(entry.path);
    const target = entry.type === 'hardlink' ? inner(entry.target ?? '') : entry.target;
    return path === null ? null : { ...entry, path, target };
  };
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
    slice: (path, offset, length) => bundle.slice(outer(path), offset, length),
    unpack: (target, options) => bundle.unpack(target, { ...options, within: folder }),
    close: () => bundle.close(),
    [Symbol.dispose]: () => bundle.close(),
  };
}
