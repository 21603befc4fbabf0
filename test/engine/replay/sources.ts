import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Of } from '../../../main/engine/base/index.ts';
import type { BundleEntry } from '../../../main/engine/case/index.ts';
import type { SourceTree } from '../../../main/engine/replay/index.ts';

/** A file of a source tree that lives in memory. */
export type SourceFile = { content: Buffer | string; mode?: number } | { target: string };

/** Sources for a replay from a list of files. */
export function sourcesOf(files: Record<string, SourceFile>): SourceTree {
  const folders = new Set<string>();
  for (const path of Object.keys(files)) {
    for (let at = dirname(path); at !== '.'; at = dirname(at)) folders.add(at);
  }
  const common = { offset: 0, kind: 'binary', flags: [] } as const;
  const entries: BundleEntry[] = [...folders].map(path => ({
    ...{ ...common, path, type: 'directory', mode: 0o755 },
    ...{ size: 0, sha256: null, target: null },
  }));
  for (const [path, file] of Object.entries(files)) {
    if ('target' in file) {
      entries.push({
        ...common,
        path,
        type: 'symlink',
        mode: 0o777,
        size: 0,
        sha256: null,
        target: file.target,
      });
    } else {
      const size = Buffer.byteLength(file.content);
      const mode = file.mode ?? 0o644;
      entries.push({
        ...common,
        path,
        type: 'file',
        mode,
        size,
        sha256: sha256Of(file.content),
        target: null,
      });
    }
  }
  return {
    entries: () => entries,
    async unpack(folder) {
      for (const [path, file] of Object.entries(files)) {
        const to = join(folder, path);
        mkdirSync(dirname(to), { recursive: true });
        if ('target' in file) symlinkSync(file.target, to);
        else {
          writeFileSync(to, file.content);
          chmodSync(to, file.mode ?? 0o644);
        }
      }
    },
  };
}
