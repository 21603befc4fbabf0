import type { ErrorDocument } from '../contract/documents.ts';
import { inertLines, inertText } from '../contract/inert.ts';
import { AssayError, type OnProgress, type Where } from '../engine/index.ts';

/** Where a command's words go: results to stdout, progress and remarks to stderr. */
export interface Output {
  readonly json: boolean;
  /** Prints the command's result: the document with `--json`, otherwise the text. */
  result(document: unknown, text: () => string): void;
  /** A remark for a person. Not shown with `--json`. */
  note(line: string): void;
  readonly onProgress: OnProgress;
  /** Ends the line of progress, if one stands there. */
  finishProgress(): void;
}

/** The output of one command. */
export function makeOutput(json: boolean): Output {
  const progress = new ProgressLine(process.stderr);
  return {
    json,
    result(document, text) {
      progress.clear();
      process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${inertLines(text())}\n`);
    },
    note(line) {
      progress.clear();
      if (!json) process.stderr.write(`${inertLines(line)}\n`);
    },
    onProgress: update => progress.show(update),
    finishProgress: () => progress.clear(),
  };
}

/** One line of progress on a terminal, rewritten in place; on a pipe one line a task. */
class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #task = '';
  #shown = false;
  #last = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  show(update: Parameters<OnProgress>[0]): void {
    const now = Date.now();
    const fresh = update.task !== this.#task;
    if (!this.#stream.isTTY) {
      if (fresh) this.#stream.write(`${update.task}…\n`);
      this.#task = update.task;
      return;
    }
    if (!fresh && now - this.#last < 80 && update.done !== update.total) return;
    this.#task = update.task;
    this.#last = now;
    const share = update.total
      ? ` ${Math.floor((update.done / update.total) * 100)} %`
      : ` ${describe(update.done, update.unit)}`;
    const line = `${update.task}${share}${update.detail ? `  ${inertText(update.detail)}` : ''}`;
    this.#stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, this.#stream.columns - 1))}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\x1b[2K');
    this.#shown = false;
  }
}

function describe(n: number, unit: string): string {
  return unit === 'bytes' ? formatBytes(n) : `${n.toLocaleString('en-US')} ${unit}`;
}

/** `229 bytes`, `9.1 MB`. */
export function formatBytes(n: number): string {
  if (n < 10_000) return `${n.toLocaleString('en-US')} bytes`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(n) / 3), units.length);
  return `${(n / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** The exit status that an error gives. */
export function exitStatus(error: unknown): number {
  if (!(error instanceof AssayError)) return 70;
  return { input: 2, machine: 3, interrupted: 130, internal: 70 }[error.kind];
}

/** An error as the document that `--json` prints. */
export function errorDocumentOf(error: unknown): ErrorDocument {
  if (!(error instanceof AssayError)) {
    return { error: { code: 'internal.fault', message: String(error), where: {}, cure: null } };
  }
  return {
    error: {
      code: error.code,
      message: error.message,
      where: { ...error.where },
      cure: error.cure ?? null,
      ...(error.problems.length > 0 && {
        problems: error.problems.map(each => ({ ...each, where: { ...each.where } })),
      }),
    },
  };
}

/** An error as one line: what, where, what to do; and a line for each of several problems. */
export function errorLine(error: unknown): string {
  if (!(error instanceof AssayError)) {
    return `assay: fault in Assay: ${inertText(String(error))} (run again with --debug and report it)`;
  }
  const cure = error.cure ? `. ${inertText(error.cure)}` : '';
  return [
    `assay: ${inertText(error.message)}${placeText(error.where)}${cure} [${error.code}]`,
    ...error.problems.map(
      ({ message, where, code }) => `  ${inertText(message)}${placeText(where)} [${code}]`,
    ),
  ].join('\n');
}

function placeText(where: Where | undefined): string {
  const places = Object.entries(where ?? {}).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? inertText(value) : value}`,
  );
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}
