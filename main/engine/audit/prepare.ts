import { basename } from 'node:path';
import { canonicalBytes, inputError, sha256Of } from '../base/index.ts';
import { type Bundle, type ImportOptions, importBundle, importCompanions } from '../bundle/index.ts';
import { type Case, type EventOf, isKitSeed } from '../case/index.ts';
import {
  claimedExpectations,
  type DescriptionFiles,
  embeddedKits,
  type Kit,
  type KitSeed,
  loadKit,
  PUBLISHED_LIMIT,
  parseKit,
  readExpectations,
  readPlan,
  unaidedPlan,
} from '../chain/index.ts';
import type { ReplayMode } from '../replay/index.ts';
import type { TemplateSource } from '../review/index.ts';
import { proveSource, seedMatches } from '../seed/index.ts';
import { readGiven, SEED_LIMIT, SOURCE_LIMIT } from './binaries.ts';
import { type CaseTree, requirePins } from './case-tree.ts';

/** The largest file of a build description from which pins are read, in bytes. */
const PINNING_LIMIT = 64 << 20;

/** Applies a kit to a case. Does nothing when the same kit is the one applied. Throws `case.of-binaries`. */
export function applyKit(theCase: Case, kit: Kit): EventOf<'kit-applied'> {
  const known = theCase.log.last('kit-applied');
  if (known?.description.sha256 === sha256Of(kit.bytes)) return known;
  if (theCase.log.of('seed-checked').some(seed => !isKitSeed(seed))) {
    throw inputError(
      'case.of-binaries',
      'this case reviews binaries by themselves',
      { file: theCase.folder },
      'Make another case for the chain, and carry the annotations over: assay seed carry',
    );
  }
  const { id, version } = kit.description.kit;
  return theCase.log.append({
    type: 'kit-applied',
    kit: id,
    version,
    description: theCase.objects.put(kit.bytes),
  });
}

/** What an audit's bundle is made of. Paths are the user's own. */
export interface BundleParts {
  /** A folder or an archive, which is the tree; null for the one the kit brings. */
  readonly tree: string | null;
  /** Files, and folders with files in them, that lie beside it. */
  readonly files: readonly string[];
}

/**
 * Imports the bundle of an audit, unless the case has one, and the files beside it that it does not have yet. Throws
 * `audit.no-bundle` when there is none to import.
 */
export async function ensureBundle(
  theCase: Case,
  kit: Kit | null,
  { tree, files }: BundleParts,
  options: ImportOptions,
): Promise<EventOf<'bundle-imported'>> {
  const imported = theCase.log.last('bundle-imported') ?? (await importTree(theCase, kit, tree, options));
  if (files.length > 0) await importCompanions(theCase, files, options);
  return imported;
}

async function importTree(
  theCase: Case,
  kit: Kit | null,
  tree: string | null,
  options: ImportOptions,
): Promise<EventOf<'bundle-imported'>> {
  const source = tree ?? kit?.bundleFolder ?? null;
  if (source === null) {
    throw inputError(
      'audit.no-bundle',
      kit === null ? 'there is no bundle' : `the kit ${kit.description.kit.id} does not bring a bundle`,
      undefined,
      'Name it with --bundle PATH.',
    );
  }
  return importBundle(theCase, source, options);
}

/**
 * Checks every seed of the kit: its bytes from a file that the auditor named or from the bundle, its size and hash against the
 * kit's, and whether its commented source assembles to exactly these bytes. A seed that is not the kit's is recorded, not refused.
 */
export function checkSeeds(
  theCase: Case,
  kit: Kit,
  bundle: Bundle,
  files: readonly string[],
): EventOf<'seed-checked'>[] {
  const given = readSeedFiles(files, kit.description.seed);
  return kit.description.seed.map(seed => checkSeed(theCase, seed, bundle, given.get(seed.name)));
}

/**
 * Checks the seeds against the bundle that a case has now, once it has another one. Those that a person named as files stay. Throws as
 * {@link checkSeeds} does.
 */
export function recheckSeeds(theCase: Case, kit: Kit, bundle: Bundle): void {
  for (const seed of kit.description.seed) {
    const known = theCase.log.of('seed-checked').findLast(each => each.name === seed.name);
    if (known?.origin !== 'file') checkSeed(theCase, seed, bundle, undefined);
  }
}

function readSeedFiles(files: readonly string[], seeds: readonly KitSeed[]): Map<string, Buffer> {
  const given = new Map<string, Buffer>();
  for (const file of files) {
    const bytes = readGiven(file, SEED_LIMIT);
    const sha256 = sha256Of(bytes);
    const seed =
      seeds.find(each => each.sha256 === sha256) ??
      seeds.find(each => each.name === basename(file) || basename(each.path) === basename(file)) ??
      (seeds.length === 1 ? seeds[0] : undefined);
    if (!seed) {
      throw inputError(
        'seed.unknown',
        'the kit has no seed of this content or name',
        { file },
        `Its seeds: ${seeds.map(each => each.name).join(', ')}.`,
      );
    }
    given.set(seed.name, bytes);
  }
  return given;
}

function checkSeed(
  theCase: Case,
  seed: KitSeed,
  bundle: Bundle,
  given: Buffer | undefined,
): EventOf<'seed-checked'> {
  if (!given && bundle.entry(seed.path)?.type !== 'file') {
    throw inputError(
      'seed.missing',
      `the bundle has no seed ${seed.name}`,
      { entry: seed.path },
      'Name it with --seed PATH.',
    );
  }
  const bytes = given ?? bundle.read(seed.path, SEED_LIMIT);
  const event = {
    type: 'seed-checked',
    name: seed.name,
    path: seed.path,
    seed: theCase.objects.put(bytes),
    origin: given ? 'file' : 'bundle',
    expected: { sha256: seed.sha256, size: seed.size ?? bytes.length },
    matches: seedMatches(bytes, { sha256: seed.sha256, size: seed.size ?? bytes.length }),
    source: checkSource(theCase, seed, bytes, bundle),
  } as const;
  const known = theCase.log.of('seed-checked').findLast(each => each.name === seed.name);
  if (known && sameFacts(known, event)) return known;
  return theCase.log.append(event);
}

function checkSource(
  theCase: Case,
  seed: KitSeed,
  bytes: Buffer,
  bundle: Bundle,
): EventOf<'seed-checked'>['source'] {
  if (seed.source === undefined || seed.syntax === undefined) return null;
  if (bundle.entry(seed.source)?.type !== 'file') return null;
  const text = bundle.read(seed.source, SOURCE_LIMIT);
  const [path, syntax] = [seed.source, seed.syntax];
  const { assembles } = proveSource(bytes, text, { path, syntax });
  return { path, syntax, sha256: theCase.objects.put(text).sha256, assembles };
}

/**
 * Reads the plan and everything that was published, and records both, and keeps every file of the bundle that they were read
 * from. Does nothing when they are the ones recorded. Throws `files.pins-unmet`, `published.*`, `plan.*` or `kaem.*`.
 */
export function makePlan(
  theCase: Case,
  kit: Kit,
  bundle: CaseTree,
  mode: ReplayMode = 'stepped',
): EventOf<'plan-made'> {
  requirePins(bundle.files);
  for (const path of bundle.files.read) theCase.objects.put(bundle.read(path, PINNING_LIMIT));
  const files: DescriptionFiles = {
    type: path => bundle.entry(path)?.type ?? null,
    read(path, limit) {
      const bytes = bundle.read(path, limit);
      theCase.objects.put(bytes);
      return bytes;
    },
  };
  const stepped = readPlan(kit, files);
  const plan = mode === 'unaided' ? unaidedPlan(kit, stepped) : stepped;
  const published = kit.description.published.map(({ path, under }) => {
    if (bundle.entry(path)?.type !== 'file') {
      throw inputError('published.missing', 'the bundle has no such file of published hashes', {
        entry: path,
      });
    }
    const bytes = bundle.read(path, PUBLISHED_LIMIT);
    theCase.objects.put(bytes);
    return { path, bytes, under };
  });
  const expectations = [
    ...readExpectations(kit, published, files),
    ...claimedExpectations(theCase.log.of('claims-imported'), sha256 => theCase.objects.read(sha256)),
  ];
  const event = {
    type: 'plan-made',
    reader: plan.reader,
    steps: plan.steps.length,
    plan: theCase.objects.put(canonicalBytes(plan)),
    expectations: theCase.objects.put(canonicalBytes(expectations)),
  } as const;
  // A plan of an earlier bundle is made anew when the case goes back to that one: the newest is what a case has.
  const since = theCase.log.last('bundle-imported')?.seq ?? 0;
  const known = theCase.log
    .of('plan-made')
    .findLast(each => each.plan.sha256 === event.plan.sha256 && each.seq > since);
  if (known && sameFacts(known, event)) return known;
  return theCase.log.append(event);
}

/** Whether an event says the same as one that was recorded before, leaving out its number, time and author. */
function sameFacts(known: EventOf<'seed-checked' | 'plan-made'>, event: object): boolean {
  const { seq: _seq, at: _at, by: _by, ...facts } = known;
  return canonicalBytes(facts).equals(canonicalBytes(event));
}

/**
 * The kit of a case, from the bytes that the case keeps. Its bundle is found when the same kit comes with Assay. Throws
 * `case.no-kit`.
 */
export function appliedKit(theCase: Case): Kit {
  const applied = theCase.log.last('kit-applied');
  if (!applied) {
    throw inputError(
      'case.no-kit',
      'no kit was applied to the case',
      { file: theCase.folder },
      'Make the case with --kit.',
    );
  }
  const bytes = theCase.objects.read(applied.description.sha256);
  const embedded = embeddedKits().includes(applied.kit) ? loadKit(applied.kit) : null;
  const same = embedded?.bytes.equals(bytes) ?? false;
  return {
    description: parseKit(bytes, 'kit.toml'),
    bytes,
    bundleFolder: same && embedded ? embedded.bundleFolder : null,
  };
}

/** No kit has such a hash, and nothing can be accepted of it. */
const NO_TEMPLATES: TemplateSource = { kit: '', templates: [] };

/** What the kit of a case says of one of its seeds, by the seed's name; nothing where there is no kit. */
export function templatesFor(theCase: Case, seed: string): TemplateSource {
  if (!theCase.log.last('kit-applied')) return NO_TEMPLATES;
  const kit = appliedKit(theCase);
  const templates = kit.description.seed.find(each => each.name === seed)?.template ?? [];
  return { kit: sha256Of(kit.bytes), templates };
}
