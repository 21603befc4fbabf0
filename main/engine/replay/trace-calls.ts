import { posix } from 'node:path';
import type { SeenFileUse } from './record.ts';
import type { Touches } from './touches.ts';
import { fieldOf, type TraceLine, type TraceResult, type TraceValue } from './trace-line.ts';
import type { Links } from './trace-links.ts';
import type { Makers } from './trace-makers.ts';
import type { WatchedProcess } from './watched.ts';

type Call = Extract<TraceLine, { kind: 'call' }>;
type Use = SeenFileUse['use'];

/** Thrown for a call whose arguments are not as expected. */
export class UnknownCall extends Error {}

/** Turns a path that the observer gives for a descriptor into one of the container; null when it lies outside. */
export type Inside = (path: string) => string | null;

/** What a call is read with. */
export interface CallContext {
  readonly links: Links;
  readonly touches: Touches;
  readonly makers: Makers;
  readonly inside: Inside;
  /** Number of the line. */
  readonly line: number;
}

/** The bytes of a string argument. Throws {@link UnknownCall} when it is none, or was cut. */
export function bytesOf(value: TraceValue | undefined): string {
  if (value?.kind !== 'string' || value.cut) throw new UnknownCall();
  return value.bytes;
}

/** The strings of a list argument. */
export function stringsOf(value: TraceValue | undefined): string[] {
  if (value?.kind !== 'list') throw new UnknownCall();
  return value.items.map(bytesOf);
}

function wordOf(value: TraceValue | undefined): string {
  if (value?.kind !== 'word') throw new UnknownCall();
  return value.text;
}

/** The folder that a descriptor argument stands for, of a process that works in `cwd`. */
export function folderOf(value: TraceValue | undefined, cwd: string, inside: Inside): string {
  if (value?.kind !== 'word') throw new UnknownCall();
  const path = value.path === null ? null : inside(value.path);
  if (path !== null) return path;
  if (value.text === 'AT_FDCWD') return cwd;
  throw new UnknownCall();
}

/** Does what a successful call on files means. Returns false for a call that is none. */
export function fileCall(call: Call, process: WatchedProcess, context: CallContext): boolean {
  const handler = HANDLERS[call.name];
  handler?.(call.args, new Doing(process, context, call.result));
  return handler !== undefined;
}

/** One call being carried over into what is known. */
class Doing {
  readonly process: WatchedProcess;
  readonly context: CallContext;
  readonly result: TraceResult;

  constructor(process: WatchedProcess, context: CallContext, result: TraceResult) {
    this.process = process;
    this.context = context;
    this.result = result;
  }

  /** The path that a path argument means, relative to a descriptor argument where there is one. */
  path(path: TraceValue | undefined, folder: TraceValue | null | undefined, follow: boolean): string {
    const bytes = bytesOf(path);
    const base =
      folder === null || bytes.startsWith('/')
        ? this.process.place.cwd
        : folderOf(folder, this.process.place.cwd, this.context.inside);
    return this.context.links.resolve(base, bytes, follow);
  }

  /** The path of the file behind a descriptor; null for what is no file of the container. */
  ofDescriptor(value: TraceValue | undefined): string | null {
    if (value?.kind !== 'word') throw new UnknownCall();
    return value.path?.startsWith('/') ? this.context.inside(value.path) : null;
  }

  use(use: Use, path: string): void {
    this.process.program.uses.add(`${use} ${path}`);
  }

  content(path: string, written: boolean): void {
    this.context.touches.content(path, this.context.line, written);
  }

  opened(flags: string): void {
    const { path } = this.result;
    // Not a file of the container: a pipe, or something that was handed in from outside.
    const file = path?.startsWith('/') ? this.context.inside(path) : null;
    if (file === null) return;
    const writes = /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(flags);
    if (!flags.includes('O_WRONLY')) this.use('read', file);
    if (!writes) return;
    this.use('write', file);
    const anew = /O_TRUNC|O_EXCL/.test(flags);
    this.content(file, anew);
    this.context.makers.written(file, this.process.program, anew);
  }

  removed(path: string): void {
    this.use('remove', path);
    this.content(path, false);
    this.context.links.gone(path);
    this.context.makers.gone(path);
  }

  chmod(path: string | null): void {
    if (path === null) return;
    this.use('chmod', path);
    this.context.touches.attributes(path);
  }

  truncated(path: string | null): void {
    if (path === null) return;
    this.use('write', path);
    this.content(path, true);
    this.context.makers.written(path, this.process.program, false);
  }

  renamed(from: string, to: string, flags: string): void {
    this.use('rename', from);
    this.use('rename', to);
    const { touches, links, makers, line } = this.context;
    touches.moved(from, line, flags.includes('RENAME_EXCHANGE'));
    touches.moved(to, line, true);
    touches.named(from, to);
    if (flags.includes('RENAME_EXCHANGE')) {
      const aside = `${from}\0`;
      links.moved(from, aside);
      links.moved(to, from);
      links.moved(aside, to);
      makers.exchanged(from, to);
    } else {
      links.moved(from, to);
      makers.renamed(from, to);
    }
  }

  linked(from: string, to: string): void {
    this.use('link', from);
    this.use('link', to);
    this.content(from, false);
    this.content(to, true);
    this.context.touches.named(from, to);
    this.context.makers.linked(from, to);
  }

  symlinked(target: string, path: string): void {
    this.use('link', path);
    this.content(path, true);
    this.context.links.made(path, target);
    this.context.makers.gone(path);
  }

  madeFolder(path: string): void {
    this.use('mkdir', path);
    this.content(path, false);
  }

  madeNode(path: string): void {
    this.use('write', path);
    this.content(path, true);
  }

  bound(address: string): void {
    const path = fieldOf(address, 'sun_path');
    if (path) this.madeNode(this.context.links.resolve(this.process.place.cwd, path, true));
  }

  changedTo(folder: string | null): void {
    if (folder !== null) this.process.place.cwd = folder;
  }
}

type Handler = (args: readonly TraceValue[], doing: Doing) => void;

/** What each call does, by name; argument order as in the system call's manual page. */
const HANDLERS: Readonly<Record<string, Handler | undefined>> = {
  open: (a, d) => d.opened(wordOf(a[1])),
  openat: (a, d) => d.opened(wordOf(a[2])),
  openat2: (a, d) => d.opened(wordOf(a[2])),
  creat: (_, d) => d.opened('O_WRONLY|O_CREAT|O_TRUNC'),
  unlink: (a, d) => d.removed(d.path(a[0], null, false)),
  unlinkat: (a, d) => d.removed(d.path(a[1], a[0], false)),
  rmdir: (a, d) => d.removed(d.path(a[0], null, false)),
  rename: (a, d) => d.renamed(d.path(a[0], null, false), d.path(a[1], null, false), ''),
  renameat: (a, d) => d.renamed(d.path(a[1], a[0], false), d.path(a[3], a[2], false), ''),
  renameat2: (a, d) => d.renamed(d.path(a[1], a[0], false), d.path(a[3], a[2], false), wordOf(a[4])),
  chmod: (a, d) => d.chmod(d.path(a[0], null, true)),
  fchmod: (a, d) => d.chmod(d.ofDescriptor(a[0])),
  fchmodat: (a, d) => d.chmod(d.path(a[1], a[0], true)),
  truncate: (a, d) => d.truncated(d.path(a[0], null, true)),
  ftruncate: (a, d) => d.truncated(d.ofDescriptor(a[0])),
  link: (a, d) => d.linked(d.path(a[0], null, false), d.path(a[1], null, false)),
  linkat: (a, d) =>
    d.linked(linkSource(a, d, wordOf(a[4]).includes('AT_SYMLINK_FOLLOW')), d.path(a[3], a[2], false)),
  symlink: (a, d) => d.symlinked(bytesOf(a[0]), d.path(a[1], null, false)),
  symlinkat: (a, d) => d.symlinked(bytesOf(a[0]), d.path(a[2], a[1], false)),
  mkdir: (a, d) => d.madeFolder(d.path(a[0], null, false)),
  mkdirat: (a, d) => d.madeFolder(d.path(a[1], a[0], false)),
  mknod: (a, d) => d.madeNode(d.path(a[0], null, false)),
  mknodat: (a, d) => d.madeNode(d.path(a[1], a[0], false)),
  bind: (a, d) => d.bound(wordOf(a[1])),
  readlink: () => {},
  readlinkat: () => {},
  chdir: (a, d) => d.changedTo(d.path(a[0], null, true)),
  fchdir: (a, d) => d.changedTo(d.ofDescriptor(a[0])),
};

/** The file that linkat gives another name; an empty path means the file behind the descriptor. */
function linkSource(args: readonly TraceValue[], doing: Doing, follow: boolean): string {
  if (bytesOf(args[1]) !== '') return doing.path(args[1], args[0], follow);
  return doing.ofDescriptor(args[0]) ?? posix.sep;
}

/** The address family that a call on sockets names; null when it names none. */
export function familyOf(text: string): string | null {
  return /\b(AF_[A-Z0-9_]+|PF_[A-Z0-9_]+)\b/.exec(text)?.[1] ?? null;
}

/** Whether an execve is of a path with some arguments; strace cuts long ones off. */
export function startsProgram(
  { args: [path, list] }: Call,
  wanted: { readonly path: string; readonly argv: readonly string[] },
): boolean {
  if (path?.kind !== 'string' || list?.kind !== 'list' || list.items.length !== wanted.argv.length)
    return false;
  const matches = (value: TraceValue | undefined, text: string | undefined) =>
    value?.kind === 'string' && (value.cut ? text?.startsWith(value.bytes) === true : value.bytes === text);
  return matches(path, wanted.path) && list.items.every((item, i) => matches(item, wanted.argv[i]));
}
