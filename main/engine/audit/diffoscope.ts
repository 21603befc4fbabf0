import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiffDocument } from '../../contract/documents/difference.ts';
import { AssayError, type TaskOptions, throwIfStopped } from '../base/index.ts';
import type { Bytes } from '../difference/index.ts';
import { findTool, HOST_ENVIRONMENT, runContained } from '../replay/index.ts';

/** Bytes of its words that are kept, seconds that it may take, and bytes of the largest file that it is asked about. */
const [TEXT, SECONDS, LARGEST] = [256 << 10, 120, 64 << 20];
/** Bytes of the largest file that it may write while it unpacks, and of the memory of each of its processes. */
const [WRITTEN, MEMORY] = [1 << 30, 4 * 2 ** 30];

/** What diffoscope said, or why it said nothing. */
export type Diffoscope = Pick<DiffDocument, 'diffoscope' | 'noDiffoscope'>;

/** A file that diffoscope is asked about: its bytes, and its path where it is a file of its own. */
export interface AskedFile {
  readonly path: string | null;
  readonly bytes: Bytes;
}

/** What tests may set otherwise. */
interface DiffoscopeOptions extends TaskOptions {
  readonly program?: string | undefined;
  readonly seconds?: number;
}

/**
 * Lets diffoscope tell the difference of two files, where this machine has it: an outside program, in a namespace without a network
 * where bubblewrap works, with limits of time, memory and what it prints. Its words are shown as its words; nothing rests on them.
 * Throws `task.stopped`.
 */
export async function askDiffoscope(
  a: AskedFile,
  b: AskedFile,
  { signal, onProgress, program = findTool('diffoscope'), seconds = SECONDS }: DiffoscopeOptions = {},
): Promise<Diffoscope> {
  if (!program) return silent('diffoscope is not installed on this machine');
  if (Math.max(a.bytes.size, b.bytes.size) > LARGEST)
    return silent(`diffoscope is not asked about files above ${LARGEST >> 20} MiB`);
  onProgress?.({ task: 'Asking diffoscope', done: 0, unit: 'files' });
  const folder = mkdtempSync(join(tmpdir(), 'assay-diffoscope-'));
  try {
    const [first, second] = [pathOf(a, join(folder, 'a'), signal), pathOf(b, join(folder, 'b'), signal)];
    const bubblewrap = await usableBubblewrap(folder, signal);
    const place: Place = { bubblewrap, folder, files: [first, second], seconds, signal };
    const version = /(\d[\w.]*)/.exec((await run([program, '--version'], place)).text)?.[1] ?? 'unknown';
    const names = bubblewrap ? INSIDE : [first, second];
    return answerOf(
      await run([program, '--text', '-', '--no-progress', '--', ...names], place),
      version,
      seconds,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The file itself, or a copy of what lies within another one. */
function pathOf({ path, bytes }: AskedFile, copy: string, signal: AbortSignal | undefined): string {
  if (path !== null) return path;
  const fd = openSync(copy, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.size; ) {
      throwIfStopped(signal);
      const piece = bytes.read(at, 1 << 20);
      if (piece.length === 0) break;
      at += writeSync(fd, piece);
    }
  } finally {
    closeSync(fd);
  }
  return copy;
}

/** What both files are called in the namespace: names that say nothing, and are always the same. */
const INSIDE = ['/tmp/first', '/tmp/second'] as const;

/** Where diffoscope runs, and for how long. */
interface Place {
  /** Null where this machine has none, or lets nobody make namespaces. */
  readonly bubblewrap: string | null;
  readonly folder: string;
  readonly files: readonly [string, string];
  readonly seconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Whether bubblewrap works is tried with a program that does nothing: what diffoscope does then says nothing about it. */
async function usableBubblewrap(folder: string, signal: AbortSignal | undefined): Promise<string | null> {
  const [bubblewrap, nothing] = [findTool('bwrap'), findTool('true')];
  if (!bubblewrap || !nothing) return null;
  const place: Place = { bubblewrap, folder, files: [nothing, nothing], seconds: 30, signal };
  return (await run([nothing], place)).status === 0 ? bubblewrap : null;
}

/** How diffoscope ended, and what it printed. */
interface Said {
  readonly killed: string | null;
  readonly status: number | null;
  readonly text: string;
  readonly errors: string;
}

async function run(argv: readonly string[], place: Place): Promise<Said> {
  const [text, errors] = [new Head(), new Head()];
  const command = {
    argv: [
      ...limiting(),
      ...(place.bubblewrap ? isolating(place, place.bubblewrap, argv[0] ?? '') : []),
      ...argv,
    ],
    environment: { ...HOST_ENVIRONMENT, TMPDIR: place.bubblewrap ? '/tmp' : place.folder },
  };
  const { killed, status } = await runContained(
    command,
    { seconds: place.seconds, output: TEXT },
    { signal: place.signal, stdout: text, stderr: errors },
  );
  if (killed === 'stopped')
    throw new AssayError({ kind: 'interrupted', code: 'task.stopped', message: 'stopped on request' });
  return { killed, status, text: text.text, errors: errors.text };
}

/** Bounds what it may write and use, where the machine has prlimit. */
function limiting(): string[] {
  const program = findTool('prlimit');
  return program ? [program, '--core=0', `--fsize=${WRITTEN}`, `--as=${MEMORY}`, '--'] : [];
}

/** The machine read-only, without its sockets and its network; one folder to write into, in which both files lie. */
function isolating({ folder, files: [first, second] }: Place, bubblewrap: string, program: string): string[] {
  return [
    bubblewrap,
    ...['--unshare-all', '--die-with-parent', '--new-session', '--ro-bind', '/', '/'],
    ...['--dev', '/dev', '--proc', '/proc', '--tmpfs', '/run', '--bind', folder, '/tmp'],
    ...['--ro-bind', first, INSIDE[0], '--ro-bind', second, INSIDE[1]],
    ...['--ro-bind', program, program, '--chdir', '/tmp', '--'],
  ];
}

/** It ends with 0 when nothing differs, with 1 when something does, with 2 when it failed. */
function answerOf({ killed, status, text, errors }: Said, version: string, seconds: number): Diffoscope {
  if (killed === 'timed-out') return silent(`diffoscope took more than ${seconds} seconds`);
  const cut = killed === 'too-much-output';
  if (!cut && status === 0) return silent('diffoscope finds no difference');
  if (!cut && status !== 1) return silent(`diffoscope failed${lastLine(errors)}`);
  if (text === '') return silent(`diffoscope said nothing${lastLine(errors)}`);
  return { diffoscope: { program: 'diffoscope', version, text, cut }, noDiffoscope: null };
}

/** The last line of what went wrong, which is the one that says it. */
function lastLine(errors: string): string {
  const line = errors.trimEnd().split('\n').at(-1)?.trim().slice(0, 200) ?? '';
  return line === '' ? '' : `: ${line}`;
}

function silent(why: string): Diffoscope {
  return { diffoscope: null, noDiffoscope: why };
}

/** Keeps what is written to it, as text; a character that was cut is left out. */
class Head {
  readonly #decoder = new TextDecoder();
  #text = '';

  write(chunk: Uint8Array): void {
    this.#text += this.#decoder.decode(chunk, { stream: true });
  }

  get text(): string {
    return this.#text;
  }
}
