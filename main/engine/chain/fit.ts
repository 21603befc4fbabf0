import { AssayError } from '../base/index.ts';
import type { Companion } from '../bundle/index.ts';
import type { Kit } from './load.ts';
import { matchFiles, type OwnTree } from './match.ts';

/** One thing that speaks for or against a kit. */
export interface FitReason {
  readonly what: 'seed' | 'description' | 'published' | 'pins' | 'version';
  readonly met: boolean;
  /** One sentence without a full stop. Names in it are as they are in kit and bundle. */
  readonly text: string;
}

/** How far a kit fits a bundle. */
export interface Fit {
  readonly kit: Kit;
  /** `partly`: a seed or a pinned file of the kit is there, but not all that it needs. */
  readonly fit: 'fits' | 'partly' | 'no';
  readonly reasons: readonly FitReason[];
}

/** What a bundle is, as far as kits are asked for. */
export interface Candidate {
  /** The tree that a kit's paths would be in. */
  readonly tree: OwnTree;
  readonly companions: readonly Companion[];
  /** The content of a file beside the tree, at most `limit` bytes. */
  content(sha256: string, limit: number): Buffer;
  /** Where in the bundle, or beside it, a file with this hash is; undefined for nowhere. */
  where(sha256: string): string | undefined;
  /** What the bundle and the folder in it are called. */
  readonly names: readonly string[];
}

/** Most paths that a reason names. */
const NAMED = 3;

/**
 * Says whether a kit fits a bundle: every seed at its place by hash, the files of its build description and of its published hashes
 * there, every pin met. Nothing is run and the plan is not read.
 */
export function fitOf(kit: Kit, candidate: Candidate): Fit {
  const needed = [
    ...seedReasons(kit, candidate),
    ...fileReasons(kit, candidate),
    ...pinReasons(kit, candidate),
  ];
  const known =
    kit.description.seed.some(({ sha256 }) => candidate.where(sha256) !== undefined) ||
    needed.some(({ what, met }) => what === 'pins' && met);
  const fit = needed.every(({ met }) => met) ? 'fits' : known ? 'partly' : 'no';
  return { kit, fit, reasons: [...needed, ...versionReason(kit, candidate)] };
}

/** The best first: by how far they fit, then by how much speaks for them, then by name. */
export function sortFits(fits: readonly Fit[]): Fit[] {
  return [...fits].sort(
    (a, b) => order(a, b) || (a.kit.description.kit.id < b.kit.description.kit.id ? -1 : 1),
  );
}

/** The kit that fits better than every other; null when none fits or several fit equally. Takes sorted fits. */
export function bestFit([first, second]: readonly Fit[]): Fit | null {
  if (first?.fit !== 'fits') return null;
  return second && order(first, second) === 0 ? null : first;
}

const RANK = { fits: 0, partly: 1, no: 2 } as const;

function order(a: Fit, b: Fit): number {
  const rank = RANK[a.fit] - RANK[b.fit];
  if (rank !== 0) return rank;
  return a.fit === 'fits' ? versioned(b) - versioned(a) : share(b) - share(a);
}

function versioned({ reasons }: Fit): number {
  return reasons.some(({ what, met }) => what === 'version' && met) ? 1 : 0;
}

function share({ reasons }: Fit): number {
  return reasons.filter(({ met }) => met).length / Math.max(1, reasons.length);
}

function seedReasons({ description }: Kit, { tree, where }: Candidate): FitReason[] {
  return description.seed.map(({ name, path, sha256 }) => {
    const here = tree.entry(path);
    if (here?.sha256 === sha256) return { what: 'seed', met: true, text: `seed ${name} is at ${path}` };
    const other = where(sha256);
    if (other !== undefined)
      return { what: 'seed', met: false, text: `seed ${name} is there as ${other}, not at ${path}` };
    const text = here ? `${path} is another seed than ${name}` : `there is no seed ${name}`;
    return { what: 'seed', met: false, text };
  });
}

function fileReasons({ description }: Kit, candidate: Candidate): FitReason[] {
  const published = description.published.map(({ path }) => path);
  const reasons: FitReason[] = [];
  const about = (what: FitReason['what'], name: string, paths: readonly string[]) => {
    const missing = paths.filter(path => !isThere(path, description, candidate));
    if (paths.length === 0) return;
    const text = missing.length === 0 ? `has ${list(paths)}, ${name}` : `lacks ${list(missing)}, ${name}`;
    reasons.push({ what, met: missing.length === 0, text });
  };
  const inKit = description.plan.reader === 'steps';
  about(
    'description',
    inKit ? 'which the steps read' : 'the build description',
    descriptionFiles(description),
  );
  about('published', 'the published hashes', published);
  return reasons;
}

/** Whether a file is in the tree, or will be: what the kit pins is spoken of by its pins. */
function isThere(path: string, { file }: Kit['description'], { tree }: Candidate): boolean {
  return tree.entry(path) !== undefined || file.some(pin => pin.path === path);
}

/** Where the reading of a build description begins; for steps that stand in the kit, the sources that they read. */
function descriptionFiles({ plan, seed }: Kit['description']): string[] {
  if (plan.reader === 'kaem') return [plan.entry];
  if (plan.reader === 'live-bootstrap') return plan.place.map(({ from }) => from);
  if (plan.reader === 'containerfile')
    return [plan.file, ...(plan.package === undefined ? [] : [plan.package])];
  const made = new Set(seed.map(({ path }) => path));
  const sources = new Set<string>();
  for (const step of plan.step) {
    if (step.action !== 'run') continue;
    for (const path of step.inputs) if (!made.has(path)) sources.add(path);
    for (const path of step.outputs) made.add(path);
  }
  return [...sources];
}

function pinReasons(kit: Kit, { tree, companions, content }: Candidate): FitReason[] {
  try {
    const { pins } = matchFiles(kit, tree, companions, content);
    if (pins.length === 0) return [];
    const unmet = pins.filter(({ state }) => state === 'missing' || state === 'wrong');
    const leftOut = pins.filter(({ state }) => state === 'left-out').length;
    const text =
      unmet.length === 0
        ? leftOut === 0
          ? `all ${pins.length} pinned files are there`
          : `${pins.length - leftOut} of ${pins.length} pinned files are there, and it ends before the others`
        : `${unmet.length} of ${pins.length} pinned files are not there: ${list(unmet.map(({ path }) => path))}`;
    return [{ what: 'pins', met: unmet.length === 0, text }];
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return [{ what: 'pins', met: false, text: `its pinned files cannot be known: ${error.message}` }];
  }
}

function versionReason({ description }: Kit, { names }: Candidate): FitReason[] {
  const { version } = description.kit;
  const name = names.find(each => holdsVersion(each, version));
  return name === undefined
    ? []
    : [{ what: 'version', met: true, text: `${name} is called after version ${version}` }];
}

/** Whether a name holds a version, and not only the beginning or the end of a longer one. */
function holdsVersion(name: string, version: string): boolean {
  for (let at = name.indexOf(version); at >= 0; at = name.indexOf(version, at + 1)) {
    const before = name[at - 1] ?? '';
    const after = name.slice(at + version.length);
    if (!/[0-9.]/.test(before) && !/^(\.?[0-9])/.test(after)) return true;
  }
  return false;
}

function list(paths: readonly string[]): string {
  const more = paths.length - NAMED;
  return `${paths.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
