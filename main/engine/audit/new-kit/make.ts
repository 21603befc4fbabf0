import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AssayError, inputError, syncFolder, type TaskOptions, writeFileAtomic } from '../../base/index.ts';
import { bundleWithin, loneFolder, openBundle } from '../../bundle/index.ts';
import type { Case, EventOf } from '../../case/index.ts';
import { type Kit, loadKit, type Plan, parseKit, readPlan } from '../../chain/index.ts';
import { openTree } from '../case-tree.ts';
import { makePlan } from '../prepare.ts';
import { type BundleLook, lookAt } from './look.ts';
import { type KitChoices, type PlanChoice, TO_FILL_IN } from './propose.ts';
import { kitReadme, kitToml } from './write.ts';

/** A bundle that a kit is to be made for, looked through. */
export interface LookedAt {
  readonly look: BundleLook;
  /** What the bundle and the folder in it are called. */
  readonly names: readonly string[];
  readonly inFolder: boolean;
  /** The plan that a choice leads to; the error that it stops with otherwise. */
  tryPlan(choices: KitChoices): Plan | AssayError;
}

/** A kit that was made. */
export interface MadeKit {
  /** Absolute path. */
  readonly folder: string;
  readonly id: string;
  /** Steps of its plan; null while that cannot be read. */
  readonly steps: number | null;
  readonly expectations: number;
  /** What a person has still to say, a sentence each. */
  readonly todo: readonly string[];
}

/** Opens a case's bundle and looks through it for what a kit may speak of. `work` gets what was found. */
export async function withLook<T>(
  theCase: Case,
  imported: EventOf<'bundle-imported'>,
  work: (looked: LookedAt) => Promise<T>,
): Promise<T> {
  using bundle = await openBundle(theCase, imported);
  const folder = loneFolder(bundle.entries());
  const tree = folder === '' ? bundle : bundleWithin(bundle, folder);
  const looked: LookedAt = {
    look: lookAt(tree),
    names: [imported.name, ...(folder === '' ? [] : [folder])],
    inFolder: folder !== '',
    tryPlan(choices) {
      const bytes = Buffer.from(kitToml(choices, { inFolder: folder !== '', under: null, look: this.look }));
      try {
        const kit = { description: parseKit(bytes, 'kit.toml'), bytes, bundleFolder: null };
        return readPlan(kit, {
          type: path => tree.entry(path)?.type ?? null,
          read: (path, limit) => tree.read(path, limit),
        });
      } catch (error) {
        if (error instanceof AssayError) return error;
        throw error;
      }
    },
  };
  return await work(looked);
}

/** The first of several plans that can be read and runs something; the last one when none does. */
export function firstThatReads(
  looked: LookedAt,
  choices: KitChoices,
  plans: readonly PlanChoice[],
): PlanChoice {
  const readable = plans.find(plan => {
    const read = looked.tryPlan({ ...choices, plan });
    return !(read instanceof AssayError) && read.steps.length > 0;
  });
  return readable ?? plans.at(-1) ?? { reader: 'steps' };
}

/**
 * Writes a new kit into a folder that is not there yet or empty, whole or not at all, and reads its plan against the bundle to prove
 * that it works. Throws `kits.folder-exists`, `kit.invalid`.
 */
export async function makeKit(
  folder: string,
  theCase: Case,
  imported: EventOf<'bundle-imported'>,
  looked: LookedAt,
  choices: KitChoices,
  options: TaskOptions = {},
): Promise<MadeKit> {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw inputError('kits.folder-exists', 'the folder is not empty', { file: folder }, 'Name a new folder.');
  }
  const plan = looked.tryPlan(choices);
  const under = plan instanceof AssayError ? null : (plan.image?.root ?? null);
  const { inFolder, look } = looked;
  const building = join(dirname(target), `.${basename(target)}.new-${process.pid}`);
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  try {
    writeFileAtomic(join(building, 'kit.toml'), kitToml(choices, { inFolder, under, look }));
    const kit = loadKit(building);
    const proof = await prove(theCase, kit, imported, options);
    const todo = [...proof.todo, ...openQuestions(choices)];
    writeFileAtomic(join(building, 'README.md'), kitReadme(choices, todo, imported.name));
    if (existsSync(target)) rmdirSync(target);
    renameSync(building, target);
    syncFolder(dirname(target));
    return { ...proof, folder: target, id: choices.id, todo };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** Reads plan and published hashes as an audit does. What stops it is something to be filled in. */
async function prove(
  theCase: Case,
  kit: Kit,
  imported: EventOf<'bundle-imported'>,
  options: TaskOptions,
): Promise<Pick<MadeKit, 'steps' | 'expectations' | 'todo'>> {
  using tree = await openTree(theCase, kit, imported, options);
  try {
    const made = makePlan(theCase, kit, tree);
    const expectations = JSON.parse(theCase.objects.read(made.expectations.sha256).toString('utf8')).length;
    const todo =
      made.steps === 0
        ? ['The plan has no steps: describe them in kit.toml ([[plan.stage]], [[plan.step]]).']
        : [];
    return { steps: made.steps, expectations, todo };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    const { file, line, entry } = error.where ?? {};
    const place = [entry ?? file ?? '', line === undefined ? '' : `line ${line}`]
      .filter(text => text !== '')
      .join(', ');
    const todo = [
      `The plan cannot be read yet: ${error.message}${place && ` (${place})`}.`,
      ...error.problems.map(({ message }) => `${message}.`),
    ];
    return { steps: null, expectations: 0, todo };
  }
}

function openQuestions({ title, version, publisher, summary, seeds, plan, published }: KitChoices): string[] {
  const fields = { title, publisher, summary };
  const empty = Object.entries(fields).filter(([, text]) => text === TO_FILL_IN);
  const unproved = seeds.filter(({ source }) => source === null);
  return [
    ...empty.map(([name]) => `The ${name} of the chain, in kit.toml.`),
    ...(version === '0' ? ['The version of the chain, in kit.toml.'] : []),
    ...unproved.map(({ path }) => `Where the commented source of the seed ${path} is, if there is one.`),
    ...(published.length === 0
      ? ['Where hashes of the results were published ([[published]] or [[expectation]]).']
      : []),
    ...(plan.reader === 'kaem'
      ? [
          'Every other kaem of the chain ([[plan.interpreter]]): without it each script that one runs is a single step.',
        ]
      : []),
    'Templates that explain the headers of the seeds ([[seed.template]]), and what else the people who sign should be asked ([[checklist]]).',
  ];
}
