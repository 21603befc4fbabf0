import { posix } from 'node:path';
import type { PlanImage } from '../plan.ts';

/** What BuildKit sets where an image sets no PATH. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const DEFAULT_SHELL = ['/bin/sh', '-c'];

/** A stage as far as it was read. */
export interface Stage {
  readonly name: string;
  /** The folder of the tree that is its `/`. */
  readonly root: string;
  environment: [string, string][];
  /** Build arguments that it declared; undefined for one without a value. */
  readonly arguments: Map<string, string | undefined>;
  workingFolder: string;
  shell: readonly string[];
  /** Whether the description or an image says which shell. */
  shellIsSet: boolean;
  /** Of the stage as an image, lowest first. */
  readonly history: PlanImage['history'][number][];
  /** Texts that were written by path in the tree, until a program runs that could change them. */
  readonly texts: Map<string, StageText>;
}

/** A text of the Containerfile that was written into a stage. */
export interface StageText {
  readonly text: string;
  /** Of the Containerfile, where it begins. */
  readonly line: number;
}

/** A stage on top of another one, or on nothing. */
export function newStage(name: string, root: string, base: Stage | null): Stage {
  return {
    name,
    root,
    environment: base ? [...base.environment] : [['PATH', DEFAULT_PATH]],
    arguments: new Map(base?.arguments),
    workingFolder: base?.workingFolder ?? '/',
    shell: base?.shell ?? DEFAULT_SHELL,
    shellIsSet: base?.shellIsSet ?? false,
    history: [...(base?.history ?? [])],
    texts: new Map(),
  };
}

/** Sets a variable in the place where it stands, or at the end. */
export function setVariable(environment: [string, string][], name: string, value: string): void {
  const known = environment.find(each => each[0] === name);
  if (known) known[1] = value;
  else environment.push([name, value]);
}

/** What a word may refer to: a stage's variables, which go before its arguments. */
export function lookupIn(stage: Stage): (name: string) => string | undefined {
  return name => stage.environment.find(each => each[0] === name)?.[1] ?? stage.arguments.get(name);
}

/** What a program of the stage gets: its variables, and the arguments that have a value. */
export function programEnvironment(stage: Stage): [string, string][] {
  const all = stage.environment.map(([name, value]): [string, string] => [name, value]);
  for (const [name, value] of stage.arguments) {
    if (value !== undefined && !all.some(each => each[0] === name)) all.push([name, value]);
  }
  return all;
}

/** A path of the container as one of the tree; `..` does not lead out. Its end tells whether a folder is meant. */
export function inStage(stage: Stage, path: string): { readonly path: string; readonly isFolder: boolean } {
  const inside = posix.resolve('/', stage.workingFolder, path);
  return {
    path: inside === '/' ? stage.root : stage.root + inside,
    isFolder: inside === '/' || /(^|\/)\.{0,2}$/.test(path),
  };
}
