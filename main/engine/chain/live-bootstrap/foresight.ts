import { posix } from 'node:path';
import { type KaemForesight, Script } from '../kaem/index.ts';
import type { ProgramStep } from '../plan.ts';
import { leftBy } from './left-files.ts';
import type { PlacedTree } from './placed-tree.ts';
import type { GeneratedFiles } from './scripts.ts';
import { listedSums } from './sums.ts';
import { TracedText } from './traced-text.ts';

/** The largest file that is put together from others, in bytes. */
const PIECE_LIMIT = 4 << 20;

/** A file whose content is known before anything runs, and the step that makes it. */
export interface ForeseenFile {
  /** From the chain's root. */
  readonly path: string;
  readonly text: TracedText;
  readonly step: number;
}

/**
 * What is known beforehand of the files that the kaem phase makes: which programs come to lie where, what `catm` puts together, and
 * what the script-generator writes. None of it is taken on trust: the replay must leave the same files, and a program must not lie in a
 * folder of PATH before the one that was foreseen.
 */
export class Foresight implements KaemForesight {
  /** Files whose content matters to the plan. */
  readonly files: ForeseenFile[] = [];
  readonly #tree: PlacedTree;
  readonly #generate: () => { readonly written: GeneratedFiles; readonly read: GeneratedFiles };
  readonly #made = new Set<string>();
  readonly #folders = new Set<string>();
  /** Texts of scripts that steps wrote, and the words of the `catm` that put others together, by path from the root. */
  readonly #texts = new Map<string, TracedText>();
  readonly #joined = new Map<string, ProgramStep>();

  /** `generate` gives what the script-generator writes at its next run, in full and as far as the plan goes. */
  constructor(
    tree: PlacedTree,
    generate: () => { readonly written: GeneratedFiles; readonly read: GeneratedFiles },
  ) {
    this.#tree = tree;
    this.#generate = generate;
  }

  /** Tells of a file that the workstation writes before the first program. */
  place(path: string, text: TracedText): void {
    this.#texts.set(path, text);
  }

  nameOf(path: string): string {
    return this.#tree.nameOf(path);
  }

  script(path: string): Script | null {
    const text = this.#texts.get(path) ?? this.#join(path);
    return text && new Script(path, text.bytes, line => text.originOf(line));
  }

  holderOf(paths: readonly string[]): string | null {
    return paths.find(path => this.#made.has(path) || this.#tree.type(path.slice(1)) === 'file') ?? null;
  }

  planned(step: ProgramStep): void {
    const { argv, cwd } = step;
    const left = leftBy(argv, cwd, path => this.isFolder(path));
    for (const folder of left.folders) this.#folders.add(folder);
    for (const path of [...left.made, ...left.removed]) this.#forget(path);
    for (const path of left.made) this.#made.add(path);
    const name = posix.basename(argv[0] ?? '');
    if (name === 'catm' && argv[1] !== undefined)
      this.#joined.set(posix.resolve(cwd, argv[1]).slice(1), step);
    if (name === 'sha256sum') this.#learnChecked(argv, cwd);
    if (name === 'script-generator' && argv[1] === '/steps/manifest') this.#generated(step);
  }

  #generated(step: ProgramStep): void {
    const { written, read } = this.#generate();
    for (const [path, text] of written) this.files.push({ path, text, step: step.number });
    for (const [path, text] of read) this.#texts.set(path, text);
  }

  /** What passes a check by name is there afterwards. */
  #learnChecked(argv: readonly string[], cwd: string): void {
    for (const { path } of listedSums(argv, cwd, this.#tree)) this.#made.add(`/${path}`);
  }

  #forget(path: string): void {
    this.#made.delete(path);
    this.#texts.delete(path.slice(1));
    this.#joined.delete(path.slice(1));
  }

  /** Whether a path of the container is a folder, as far as is known. */
  isFolder(path: string): boolean {
    return this.#folders.has(path) || this.#tree.type(path.slice(1)) === 'directory';
  }

  /** What `catm` put together, when all of it is known. */
  #join(path: string): TracedText | null {
    const step = this.#joined.get(path);
    if (!step) return null;
    // A file that was put together from itself is not followed: what it held before is gone.
    this.#joined.delete(path);
    const text = new TracedText();
    for (const word of step.argv.slice(2)) {
      const piece = posix.resolve(step.cwd, word).slice(1);
      const known = this.#texts.get(piece) ?? this.#join(piece);
      if (known) text.addText(known);
      else if (!this.#made.has(`/${piece}`) && this.#tree.type(piece) === 'file')
        text.addFile(this.#tree.read(piece, PIECE_LIMIT), this.#tree.nameOf(piece));
      else return null;
      if (text.length > PIECE_LIMIT) return null;
    }
    this.#texts.set(path, text);
    this.files.push({ path, text, step: step.number });
    return text;
  }
}
