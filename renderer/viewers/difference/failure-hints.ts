/** What is known of a step that failed. */
export interface FailedStep {
  /** How its program ended, in words. */
  readonly end: string | null;
  /** The last lines that it printed. */
  readonly log: readonly string[];
  /** Programs that could not be started, with the name of the error. */
  readonly failedStarts: readonly { readonly path: string; readonly result: string }[];
}

/** Something that a failure looks like, with the line that suggests it. */
export interface FailureHint {
  readonly words: string;
  /** Text from evidence; empty where the end itself says it. */
  readonly line: string;
}

interface Known {
  readonly form: RegExp;
  readonly words: string;
}

/** What programs print when something is amiss, and what it mostly means in an empty container. */
const LINES: readonly Known[] = [
  {
    form: /: FAILED\b|checksum did not match|did NOT match/i,
    words:
      'A check of hashes inside the chain failed: an earlier step made another file than the chain expects.',
  },
  {
    form: /No such file or directory|cannot open|can't open|not found|Could not find/i,
    words:
      'It looked for a file that is not in the tree. The plan may lack an input, or an earlier step did not make it.',
  },
  {
    form: /Permission denied|Operation not permitted/i,
    words:
      'It was not allowed to do something. In the container it has no privileges; a file may lack its mode.',
  },
  {
    form: /No space left|Disk quota/i,
    words: 'The disk is full.',
  },
  {
    form: /Cannot allocate memory|out of memory|memory exhausted/i,
    words: 'Memory ran out.',
  },
  {
    form: /could not resolve|Name or service not known|Network is unreachable|connection refused/i,
    words: 'It wanted the network. There is none in a replay, on purpose.',
  },
];

const ENDS: readonly Known[] = [
  {
    form: /SIGSEGV|SIGBUS|SIGILL/,
    words: 'The program crashed. A program of another processor, or one that was made wrongly, does.',
  },
  { form: /SIGKILL/, words: 'It was killed from outside, as the system does when memory runs out.' },
  {
    form: /seconds|timed out|too long/i,
    words: 'It took longer than a step may. This machine may be slower than the kit thought.',
  },
  { form: /ENOEXEC|neither an ELF/, words: 'What was to be started is no program.' },
  { form: /ENOENT/, words: 'What was to be started is not there.' },
  { form: /more than|too much/i, words: 'It came to a limit of the replay.' },
];

/** What a failure looks like, the most telling first; empty when nothing suggests itself. Hints, not findings. */
export function failureHints({ end, log, failedStarts }: FailedStep): FailureHint[] {
  const hints: FailureHint[] = [];
  for (const { form, words } of LINES) {
    const line = log.findLast(each => form.test(each));
    if (line !== undefined) hints.push({ words, line });
  }
  const [start] = failedStarts;
  if (start)
    hints.push({
      words: 'A program that it wanted to start could not be started.',
      line: `${start.path}: ${start.result}`,
    });
  const known = ENDS.find(({ form }) => end !== null && form.test(end));
  if (known) hints.push({ words: known.words, line: '' });
  return hints.slice(0, 3);
}
