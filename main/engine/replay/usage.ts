import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all below it take of the machine. */
export interface Usage {
  readonly processes: number;
  /** Bytes of memory that are theirs alone; what several share counts in each. */
  readonly bytes: number;
}

/** Linux tells memory in pages, of this size on x86-64. */
const PAGE = 4096;

/** The processes below one, as proc(5) lists them; those that end meanwhile are left out. */
export function processesBelow(pid: number): number[] {
  const found = childrenOf(pid);
  for (const each of found) found.push(...childrenOf(each));
  return found;
}

/** The children of a process, whichever of its threads made them. */
export function childrenOf(pid: number): number[] {
  return listed(`/proc/${pid}/task`).flatMap(thread => {
    const text = textOf(`/proc/${pid}/task/${thread}/children`).trim();
    return text === '' ? [] : text.split(' ').map(Number);
  });
}

/** What the processes below one take. Cheap, and memory that several share is counted too often. */
export function usageBelow(pid: number): Usage {
  const below = processesBelow(pid);
  let pages = 0;
  for (const each of below) {
    const [, resident = 0, shared = 0] = textOf(`/proc/${each}/statm`).split(' ').map(Number);
    pages += Math.max(0, resident - shared);
  }
  return { processes: below.length, bytes: pages * PAGE };
}

/** The memory that the processes below one take, in bytes, with what several share counted once. */
export function memoryBelow(pid: number): number {
  let kilobytes = 0;
  for (const each of processesBelow(pid)) {
    const text = textOf(`/proc/${each}/smaps_rollup`);
    for (const [, size] of text.matchAll(/^Pss_(?:Anon|Shmem): +(\d+) kB$/gm)) kilobytes += Number(size);
  }
  return kilobytes * 1024;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
