import { closeSync, existsSync, readdirSync, readFileSync } from 'node:fs';

/** The flag of proc(5) fdinfo that says that a program started from here does not get the descriptor. */
const CLOSE_ON_EXEC = 0o2000000;
const FOLDER = '/proc/self/fdinfo';

let closed = false;

/**
 * Closes what whoever started this process left open for its children, so that no program in a container finds it there:
 * bubblewrap and unshare pass everything on. Node opens its own descriptors so that they are not passed on; standard input
 * and output and the channel to a parent process stay. Done once a process.
 */
export function closeInheritedDescriptors(): void {
  if (closed || !existsSync(FOLDER)) return;
  closed = true;
  const channel = Number(process.env.NODE_CHANNEL_FD ?? -1);
  for (const descriptor of inheritedDescriptors()) if (descriptor !== channel) closeSync(descriptor);
}

/** Open descriptors above standard error that a program started from here would get. */
export function inheritedDescriptors(): number[] {
  return readdirSync(FOLDER)
    .map(Number)
    .filter(descriptor => descriptor > 2 && isPassedOn(descriptor))
    .sort((a, b) => a - b);
}

function isPassedOn(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`${FOLDER}/${descriptor}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // The one that listed the folder is closed by now.
    return false;
  }
}
