import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../main/engine/base/index.ts';
import { copyKit } from './assay.ts';

/** A bundle in pieces. */
export interface PinnedKit {
  /** The kit's folder; the kit brings no bundle. */
  readonly kit: string;
  /** The bundle's tree, without the pinned files. */
  readonly tree: string;
  /** A folder with the pinned files, under names of its own. */
  readonly files: string;
  /** Paths in the tree of the pinned files, in the kit's order. */
  readonly pinned: readonly string[];
}

/**
 * Copies the embedded kit so that it pins some of its sources, which then lie beside the tree: the first under its own name, the
 * others under names that say nothing.
 */
export function copyPinnedKit(
  folder: string,
  pinned: readonly string[] = ['src/cat.hex1', 'src/linux.mac', 'bedrock.sha256'],
): PinnedKit {
  const kit = copyKit(join(folder, 'kit'), toml => toml.replace(/^bundle = .*$/m, ''));
  const [tree, files] = [join(folder, 'tree'), join(folder, 'files')];
  renameSync(join(kit, 'bundle'), tree);
  mkdirSync(join(files, 'deep'), { recursive: true });
  pinned.forEach((path, i) => {
    const bytes = readFileSync(join(tree, path));
    appendFileSync(join(kit, 'kit.toml'), fileTable(path, bytes));
    renameSync(join(tree, path), join(files, i === 0 ? 'cat.hex1' : `deep/x${i}`));
  });
  return { kit, tree, files, pinned };
}

/** A `[[file]]` table of a kit. */
export function fileTable(path: string, bytes: Uint8Array): string {
  return `\n[[file]]\npath = ${JSON.stringify(path)}\nsize = ${bytes.length}\nsha256 = "${sha256Of(bytes)}"\n`;
}

/** Copies what may be changed apart. */
export function copyParts(parts: PinnedKit, folder: string): PinnedKit {
  cpSync(parts.tree, join(folder, 'tree'), { recursive: true });
  cpSync(parts.files, join(folder, 'files'), { recursive: true });
  cpSync(parts.kit, join(folder, 'kit'), { recursive: true });
  return {
    ...parts,
    kit: join(folder, 'kit'),
    tree: join(folder, 'tree'),
    files: join(folder, 'files'),
  };
}

/** Writes a file and gives its path. */
export function writeIn(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
