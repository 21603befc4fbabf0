import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiffDocument } from '../../contract/documents/difference.ts';
import { AssayError, type TaskOptions } from '../base/index.ts';
import { findTool, HOST_ENVIRONMENT, identifyTool, runContained } from '../replay/index.ts';

/** Bytes of its words that are kept, and seconds that it may take. */
const TEXT = 256 << 10;
const SECONDS = 120;

/** What diffoscope said, or why it said nothing. */
export type Diffoscope = Pick<DiffDocument, 'diffoscope' | 'noDiffoscope'>;

/**
 * Lets diffoscope tell the difference of two files, where this machine has it: an outside program, in a namespace without a network
 * where bubblewrap is there, with a limit of time and of what it prints. Its words are shown as its words; nothing rests on them.
 * Throws `task.stopped`. `program` is for tests.
 */
export async function askDiffoscope(
  a: string | null,
  b: string | null,
  { signal }: TaskOptions = {},
  program = findTool('diffoscope'),
): Promise<Diffoscope> {
  if (!program) return silent('diffoscope is not installed on this machine');
  if (a === null || b === null)
    return silent('a file lies within the bundle, where diffoscope cannot read it');
  const folder = mkdtempSync(join(tmpdir(), 'assay-diffoscope-'));
  try {
    const run = (argv: readonly string[]) => said(argv, folder, signal);
    const bubblewrap = findTool('bwrap');
    let end = bubblewrap ? await run(isolated(bubblewrap, program, folder, a, b)) : null;
    // Where the machine allows no namespaces, bubblewrap ends before diffoscope says a word.
    if (end === null || (end.text === '' && end.status !== 0)) end = await run([program, ...OPTIONS, a, b]);
    const { killed, status, text } = end;
    if (killed === 'timed-out') return silent(`diffoscope took more than ${SECONDS} seconds`);
    const cut = killed === 'too-much-output';
    // It ends with 0 when nothing differs and with 1 when something does.
    if (!cut && status !== 0 && status !== 1) return silent('diffoscope failed');
    const { version } = identifyTool(program, /(\d[\w.]*)/);
    return { diffoscope: { program: 'diffoscope', version, text, cut }, noDiffoscope: null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const OPTIONS = ['--text', '-', '--no-progress'];

async function said(argv: readonly string[], folder: string, signal: AbortSignal | undefined) {
  const head = new Head();
  const command = { argv, environment: { ...HOST_ENVIRONMENT, TMPDIR: folder } };
  const sinks = { stdout: head, stderr: { write: () => {} } };
  const { killed, status } = await runContained(
    command,
    { seconds: SECONDS, output: TEXT },
    { signal, ...sinks },
  );
  if (killed === 'stopped')
    throw new AssayError({ kind: 'interrupted', code: 'task.stopped', message: 'stopped on request' });
  return { killed, status, text: head.text };
}

/** The machine read-only, no network, one folder to write into, in which both files have names that say nothing. */
function isolated(bubblewrap: string, program: string, folder: string, a: string, b: string): string[] {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  return [
    bubblewrap,
    ...['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'],
    ...['--bind', folder, folder, '--ro-bind', a, first, '--ro-bind', b, second],
    ...['--', program, ...OPTIONS, first, second],
  ];
}

function silent(why: string): Diffoscope {
  return { diffoscope: null, noDiffoscope: why };
}

/** Keeps what is written to it, as text. */
class Head {
  readonly #chunks: Buffer[] = [];

  write(chunk: Uint8Array): void {
    this.#chunks.push(Buffer.from(chunk));
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
