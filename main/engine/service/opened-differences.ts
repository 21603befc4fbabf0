import { type ComparedFile, caseSide, fileSide, seedSide } from '../audit/index.ts';
import { inputError, type TaskOptions } from '../base/index.ts';
import type { Bundle } from '../bundle/index.ts';
import type { Case } from '../case/index.ts';
import { AlignedPlaces, type Alignment, alignInTurns } from '../difference/index.ts';

/** Which two files, as a request names them: by hash, as a file, or as a file that has to have a hash. */
export interface NamedSides {
  readonly a?: string | undefined;
  readonly b?: string | undefined;
  readonly fileA?: string | undefined;
  readonly fileB?: string | undefined;
  /** The second is a file of annotations: compared is the seed in it. */
  readonly seedInB?: boolean | undefined;
}

/** Two files that were aligned. */
export interface OpenedDifference {
  readonly a: ComparedFile;
  readonly b: ComparedFile;
  readonly alignment: Alignment;
  readonly places: AlignedPlaces;
}

/** How many differences are kept open: somebody looks at one or goes back and forth between a few. */
const KEPT = 4;

/** The differences that somebody looks at, each aligned once. */
export class OpenedDifferences {
  readonly #kept = new Map<string, Promise<OpenedDifference>>();

  /** Opens and aligns two files, or gives what was opened before. Throws as sides do, and `task.stopped`. */
  async open(
    named: NamedSides,
    theCase: Case | null,
    bundle: () => Promise<Bundle | null>,
    options: TaskOptions,
  ): Promise<OpenedDifference> {
    const key = JSON.stringify([named.a, named.b, named.fileA, named.fileB, named.seedInB]);
    const known = this.#kept.get(key);
    if (known) return known;
    const opening = open(named, theCase, bundle, options);
    this.#kept.set(key, opening);
    this.#forgetOldest();
    try {
      return await opening;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  /** Closes what is open. */
  close(): void {
    for (const key of [...this.#kept.keys()]) this.#forget(key);
  }

  #forgetOldest(): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#forget(oldest);
  }

  #forget(key: string): void {
    this.#kept.get(key)?.then(
      ({ a, b }) => {
        a[Symbol.dispose]();
        b[Symbol.dispose]();
      },
      () => {},
    );
    this.#kept.delete(key);
  }
}

async function open(
  { a, b, fileA, fileB, seedInB = false }: NamedSides,
  theCase: Case | null,
  bundle: () => Promise<Bundle | null>,
  options: TaskOptions,
): Promise<OpenedDifference> {
  const side = async (sha256: string | undefined, file: string | undefined): Promise<ComparedFile> => {
    if (file !== undefined) return fileSide(file, sha256);
    if (sha256 === undefined || !theCase) throw inputError('difference.no-file', 'no file was named');
    // Looking through the bundle takes opening it, which is not needed for what the case made itself.
    const opened = theCase.objects.has(sha256) ? null : await bundle();
    return caseSide(theCase, opened, sha256, sha256, options);
  };
  const first = await side(a, fileA);
  try {
    const file = await side(b, fileB);
    const second = seedInB ? seedSide(file) : file;
    try {
      const alignment = await alignInTurns(first.bytes, second.bytes, options);
      return { a: first, b: second, alignment, places: new AlignedPlaces(alignment.runs) };
    } catch (error) {
      second[Symbol.dispose]();
      throw error;
    }
  } catch (error) {
    first[Symbol.dispose]();
    throw error;
  }
}
