import { machineFactOf, withoutProcess } from './machine-paths.ts';
import { bytesOf, folderOf, type Inside, UnknownCall } from './trace-calls.ts';
import type { TraceLine } from './trace-line.ts';
import type { Links } from './trace-links.ts';
import type { Asked } from './watched.ts';

type Call = Extract<TraceLine, { kind: 'call' }>;

/** Calls that look at a file by name, and where their arguments stand: folder, path, flags. */
const LOOKS: Readonly<Record<string, readonly [number | null, number, number | null] | undefined>> = {
  open: [null, 0, 1],
  openat: [0, 1, 2],
  openat2: [0, 1, 2],
  readlink: [null, 0, null],
  readlinkat: [0, 1, null],
};

/** What a call of a process that works in `cwd` asked of the machine, whether or not it was answered; null when it asked nothing. */
export function askedOf(
  call: Call,
  cwd: string,
  { links, inside }: { readonly links: Links; readonly inside: Inside },
): Asked | null {
  const look = LOOKS[call.name];
  if (!look || call.result.error?.startsWith('ERESTART')) return null;
  const [folderAt, pathAt, flagsAt] = look;
  const flags = flagsAt === null ? undefined : call.args[flagsAt];
  if (flags?.kind === 'word' && /\bO_WRONLY\b/.test(flags.text)) return null;
  const named = call.args[pathAt];
  try {
    const bytes = bytesOf(named);
    const relative = folderAt !== null && !bytes.startsWith('/');
    const folder = relative ? folderOf(call.args[folderAt], cwd, inside) : cwd;
    const asNamed = links.resolve(folder, bytes, false);
    const meant = links.resolve(folder, bytes, true);
    const path = [asNamed, meant].map(each => links.fromTop(each)).find(each => machineFactOf(each) !== null);
    const about = path === undefined ? null : machineFactOf(path);
    if (path === undefined || about === null) return null;
    const { error } = call.result;
    const opened = error === null ? (flagsAt === null ? asNamed : meant) : null;
    return { path: withoutProcess(path), about, opened, error };
  } catch (problem) {
    // A call that did nothing may have had any arguments; one that did something is counted where it is carried over.
    if (problem instanceof UnknownCall) return null;
    throw problem;
  }
}

/** Every path that the arguments of a call name, whether or not anything is there. */
export function namedPaths(
  { args }: Call,
  cwd: string,
  { links, inside }: { readonly links: Links; readonly inside: Inside },
): string[] {
  return args.flatMap((arg, i) => {
    if (arg.kind !== 'string' || arg.cut) return [];
    const before = args[i - 1];
    const folder = before?.kind === 'word' && before.path !== null ? inside(before.path) : null;
    return [links.resolve(folder ?? cwd, arg.bytes, false)];
  });
}
