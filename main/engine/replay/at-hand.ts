import { readdirSync } from 'node:fs';
import { type ReadAt, runsOn } from './interpreters.ts';
import { machineNumber } from './probe-programs.ts';
import type { Emulator } from './runtime.ts';
import type { Tree } from './tree.ts';
import type { TreeChanges } from './tree-changes.ts';

/** EM_386 and EM_X86_64 of elf(5), which an x86-64 processor runs by itself. */
const NATIVE = [3, 62];
/** Where a machine shows what it runs other processors' programs with. */
const REGISTRATIONS = '/proc/sys/fs/binfmt_misc';

/** The processors, as in an ELF header, whose programs start in a container here; null when the machine was told of others. */
export function machinesHere(emulator: Emulator | undefined): ReadonlySet<number> | null {
  try {
    const told = readdirSync(REGISTRATIONS).filter(name => name !== 'register' && name !== 'status');
    if (told.length > 0) return null;
  } catch {
    // Nothing is mounted there.
  }
  return new Set([...NATIVE, ...(emulator ? [machineNumber(emulator.architecture)] : [])]);
}

/**
 * The hash of every ELF program for these processors that stood in the tree before or after a step, sorted. Each content is looked
 * at once in a replay. One that was there before and cannot be read any more counts as a program.
 */
export function programsAtHand(
  tree: Tree,
  changes: TreeChanges,
  machines: ReadonlySet<number> | null,
  reader: (path: string, sha256: string) => ReadAt | null,
): string[] {
  const found = new Set<string>();
  const look = (path: string, sha256: string) => {
    let runnable = tree.runnable.get(sha256);
    if (runnable === undefined) {
      const readAt = reader(path, sha256);
      runnable = readAt === null || runsOn(readAt, machines);
      if (readAt) tree.runnable.set(sha256, runnable);
    }
    if (runnable) found.add(sha256);
  };
  for (const { path, sha256 } of tree.state.entries()) if (sha256) look(path, sha256);
  for (const [path, sha256] of changes.previous) if (sha256) look(path, sha256);
  return [...found].sort();
}
