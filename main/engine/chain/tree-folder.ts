import { loneFolder } from '../bundle/index.ts';
import type { BundleEntry } from '../case/index.ts';
import type { KitDescription } from './kit.ts';

/** The folder of a bundle that is the root of the tree that a kit's paths are in; '' for the bundle's top. */
export function treeFolder(kit: KitDescription, entries: () => Iterable<BundleEntry>): string {
  return kit.bundle.root === 'auto' ? loneFolder(entries()) : '';
}
