import { posix } from 'node:path';
import type { DescriptionFiles } from '../kaem/index.ts';
import type { ContainerfilePlan } from '../kit.ts';
import { descriptionError } from './instructions.ts';
import { readOutside } from './outside.ts';
import type { PlanSteps } from './plan-steps.ts';
import { newStage, type Stage, setVariable } from './stage.ts';

/** The folder of the tree in which each stage has its root. */
export const ROOTS = 'roots';

/** Who asks for a place: for which processor, on which line, and in which stage, which cannot mean itself. */
export interface Asking {
  readonly architecture: string;
  readonly line: number;
  readonly stage: Stage | null;
}

/** What a FROM or a `--from` can mean: the stages read so far, images from outside, folders that the kit names. */
export class Places {
  readonly stages: Stage[] = [];
  /** The documents of images that were read. */
  readonly description: string[] = [];
  readonly #kit: ContainerfilePlan;
  readonly #files: DescriptionFiles;
  readonly #steps: PlanSteps;
  readonly #outside = new Map<string, Stage>();

  constructor(kit: ContainerfilePlan, files: DescriptionFiles, steps: PlanSteps) {
    this.#kit = kit;
    this.#files = files;
    this.#steps = steps;
  }

  /** Images from outside, then the stages of the file. */
  get all(): Stage[] {
    return [...this.#outside.values(), ...this.stages];
  }

  /** A stage by its name, or an image from outside. Throws `containerfile.no-image`, `containerfile.image`. */
  source(name: string, asking: Asking): Stage {
    return this.#stage(name, asking) ?? this.#outside.get(name) ?? this.#unpack(name, asking);
  }

  /** The folder of the tree that a `--from` means: a stage, a folder that the kit names, `fetch`, or an image. */
  folder(name: string, asking: Asking): string {
    const stage = this.#stage(name, asking);
    if (stage) return stage.root;
    const named = this.#kit.contexts[name];
    if (named !== undefined) return named;
    if (name === 'fetch') return this.#kit.context === undefined ? name : `${this.#kit.context}/${name}`;
    return this.source(name, asking).root;
  }

  #stage(name: string, { stage }: Asking): Stage | undefined {
    return this.stages.findLast(each => each.name === name.toLowerCase() && each !== stage);
  }

  #unpack(name: string, { architecture, line }: Asking): Stage {
    const image = this.#kit.image.find(
      each => each.name === name || `${each.name}@sha256:${each.digest}` === name,
    );
    if (!image) {
      const problem = `'${name}' is no stage of this file and no image that the kit names`;
      throw descriptionError(this.#kit.file, line, problem, 'no-image');
    }
    const found = readOutside(this.#files, image, architecture);
    this.description.push(...found.description.filter(path => !this.description.includes(path)));
    const id = `image-${this.#outside.size + 1}`;
    const stage = newStage(id, `${ROOTS}/${id}`, null);
    for (const [variable, value] of found.environment) setVariable(stage.environment, variable, value);
    stage.workingFolder = found.workingFolder;
    if (found.shell) [stage.shell, stage.shellIsSet] = [found.shell, true];
    this.#outside.set(name, stage);
    this.#steps.add(id, { action: 'mkdir', path: stage.root }, `Root of ${name}`, line);
    const layers = found.layers.map(from => {
      const sha256 = posix.basename(from);
      const step = { action: 'layer', from, to: stage.root, sha256, image: image.digest } as const;
      return this.#steps.add(id, step, `Layer of ${name}`, line);
    });
    for (const { createdBy, isEmpty } of found.history) {
      const step = isEmpty ? undefined : layers.shift();
      stage.history.push({
        createdBy,
        ...(step === undefined ? { root: null, steps: [] } : { root: stage.root, steps: [step] }),
      });
    }
    return stage;
  }
}
