import { AssayError } from '../engine/index.ts';

/** An AbortSignal that Ctrl C and SIGTERM trigger: the first asks for a clean stop, a second ends the process. */
export function stopOnSignals(note: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    note('Stopping; what is done so far is kept…');
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

/** Asks for a line on the terminal without showing it. Throws `key.no-terminal` when there is none. */
export async function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) {
    throw new AssayError({
      kind: 'input',
      code: 'key.no-terminal',
      message: 'the key needs a passphrase and there is no terminal to ask on',
      cure: 'Put it into a file and name that in ASSAY_KEY_PASSPHRASE_FILE.',
    });
  }
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.resume();
  try {
    return await readHiddenLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function readHiddenLine(stdin: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (finish: () => void) => {
      stdin.off('data', onData);
      finish();
    };
    const onData = (data: Buffer) => {
      for (const character of data.toString('utf8')) {
        if (character === '\r' || character === '\n') return end(() => resolve(typed));
        if (character === '\u0003') {
          return end(() =>
            reject(
              new AssayError({ kind: 'interrupted', code: 'task.stopped', message: 'stopped on request' }),
            ),
          );
        }
        if (character === '\u007f' || character === '\b') typed = typed.slice(0, -1);
        else typed += character;
      }
    };
    stdin.on('data', onData);
  });
}
