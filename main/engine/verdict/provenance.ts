import type { StepRecord } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';

/** How a content that no program of the chain made came to be in the tree. */
export interface Origin {
  /** In words, to follow a colon. */
  readonly text: string;
}

/**
 * Where contents come from, as a replay is followed in its order. A file that a step wrote is made by the chain, unless the step had that
 * very content at hand from outside: what is copied, moved, linked or given another mode is not made.
 */
export class Provenance {
  readonly #evidence: Evidence;
  /** Seeds by hash, with their paths. */
  readonly #seeds: ReadonlyMap<string, string>;
  /** What the layers of images brought whose manifest is a seed, by hash, with the manifest's path. */
  readonly #inImages = new Map<string, string>();
  readonly #made = new Set<string>();
  readonly #outside = new Map<string, Origin>();
  /** What stands at each path that a step wrote or removed; null for nothing that has a hash. */
  readonly #tree = new Map<string, string | null>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#seeds = new Map(evidence.seeds.map(seed => [seed.seed.sha256, seed.path]));
    for (const seed of evidence.seeds) this.#tree.set(seed.path, seed.seed.sha256);
  }

  /** Takes what a step left; the records come in their order. */
  add(record: StepRecord): void {
    const step = this.#evidence.plan.steps[record.number - 1];
    const image = step?.action === 'layer' ? this.#seeds.get(step.image) : undefined;
    const taken = record.end === null ? null : this.#takenFromOutside(record);
    for (const path of record.removed) this.#tree.set(path, null);
    for (const { path, sha256 } of record.written) {
      this.#tree.set(path, sha256);
      if (sha256 === null || this.isInside(sha256)) continue;
      if (image !== undefined) {
        this.#inImages.set(sha256, image);
        continue;
      }
      const from = taken?.get(sha256);
      if (taken === null) {
        this.#outside.set(sha256, { text: `the workstation put it there in step ${record.step}` });
      } else if (from !== undefined) {
        this.#outside.set(sha256, { text: `step ${record.step} took it over as it was from ${from}` });
      } else {
        this.#made.add(sha256);
        this.#outside.delete(sha256);
      }
    }
  }

  /** Contents from outside that a step read, linked, moved, removed or wrote over, with a path of each. */
  #takenFromOutside({ observation, written, removed }: StepRecord): Map<string, string> {
    const taken = new Map<string, string>();
    const take = (path: string) => {
      const sha256 = this.#hashAt(path);
      if (sha256 !== null && !this.isInside(sha256)) taken.set(sha256, path);
    };
    for (const { path, use } of observation?.files ?? []) {
      if (use === 'read' || use === 'link') take(path.replace(/^\/+/, ''));
    }
    for (const path of removed) take(path);
    for (const { path } of written) take(path);
    return taken;
  }

  #hashAt(path: string): string | null {
    const known = this.#tree.get(path);
    return known === undefined ? (this.#evidence.source(path)?.sha256 ?? null) : known;
  }

  /** Whether a content is a seed's, in an image that is one, or was made by a program of this replay so far. */
  isInside(sha256: string): boolean {
    return this.#seeds.has(sha256) || this.#inImages.has(sha256) || this.#made.has(sha256);
  }

  /** The path of the seed with a content, or of the image that holds it; undefined for what is none. */
  seedOf(sha256: string): string | undefined {
    return this.#seeds.get(sha256) ?? this.#inImages.get(sha256);
  }

  /** How a content from outside came into the tree; null when nothing says so. */
  originOf(sha256: string): Origin | null {
    const known = this.#outside.get(sha256);
    if (known) return known;
    return this.#evidence.inBundle(sha256) ? { text: 'it came with the bundle as a finished program' } : null;
  }
}
