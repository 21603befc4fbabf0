import { inputError } from '../../base/index.ts';
import { type DescriptionFiles, readKaem } from '../kaem/index.ts';
import type { LiveBootstrapPlan } from '../kit.ts';
import type { Pin } from '../pins.ts';
import type { Expectation, Plan } from '../plan.ts';
import { assemble } from './assemble.ts';
import { configurationText, configured, type Variable } from './configuration.ts';
import { Foresight } from './foresight.ts';
import { type Directive, interpret, MANIFEST_LIMIT, type ManifestLine, readManifest } from './manifest.ts';
import { reachOf } from './packages.ts';
import { PlacedTree } from './placed-tree.ts';
import { endsScript, FIRST_SCRIPT, type GeneratedFiles, generateScripts } from './scripts.ts';
import { TracedText } from './traced-text.ts';

const MANIFEST = 'steps/manifest';
const ENVIRONMENT = 'steps/env';
const ENVIRONMENT_LIMIT = 1 << 16;

/** What a live-bootstrap tree says: the plan, and the hashes that it publishes for what the plan makes. */
export interface LiveBootstrap {
  readonly plan: Plan;
  readonly expectations: Expectation[];
}

/**
 * The plan reader `live-bootstrap`. What upstream's Python would lay out is copied and written by the workstation. The manifest and the
 * sources are read here, and what the chain's own script-generator will make of them is derived, so that the kaem phase is stepped
 * command by command; the replay must leave the same scripts. Each later package is one step of bash. Throws `live-bootstrap.*` and
 * `kaem.*` with file and line.
 */
export function readLiveBootstrap(kit: LiveBootstrapPlan, files: DescriptionFiles): LiveBootstrap {
  requirePlaces(kit, files);
  const tree = new PlacedTree(kit.place, files);
  const manifest = readManifest(fileOf(tree, MANIFEST, MANIFEST_LIMIT), tree.nameOf(MANIFEST));
  const variables = configured(kit.configuration);
  const all = interpret(manifest, [...variables]);
  const reach = reachOf(all, tree, kit.until, name => files.type(`${kit.distfiles}/${name}`) === 'file');
  requireUntil(kit, all);
  const directives = all.slice(0, reach.count);
  requireScripts(directives, tree);
  const scripts = new ScriptGenerator(manifest, variables, environmentOf(tree), reach.count);
  const foresight = new Foresight(tree, () => scripts.run());
  const configuration = configurationText(variables);
  foresight.place('steps/bootstrap.cfg', configuration);
  const kaem = readKaem(kit, tree, foresight);
  return assemble({
    kit,
    files,
    tree,
    manifest,
    directives,
    reach,
    configuration,
    kaem,
    foresight,
  });
}

/** The source archives of everything that is built, each where the bundle is to hold it. Throws `live-bootstrap.*`. */
export function liveBootstrapPins(kit: LiveBootstrapPlan, files: DescriptionFiles): Pin[] {
  const tree = new PlacedTree(kit.place, files);
  if (tree.type(MANIFEST) !== 'file') return [];
  const manifest = readManifest(tree.read(MANIFEST, MANIFEST_LIMIT), tree.nameOf(MANIFEST));
  const { distfiles } = reachOf(
    interpret(manifest, configured(kit.configuration)),
    tree,
    kit.until,
    () => true,
  );
  return distfiles.map(({ name, sha256, origin }) => ({
    path: `${kit.distfiles}/${name}`,
    size: null,
    sha256,
    origin,
    optional: true,
  }));
}

/** The chain's script-generator, run as often as the chain does. Each run begins with the variables that the one before wrote. */
class ScriptGenerator {
  readonly #manifest: readonly ManifestLine[];
  readonly #environment: TracedText;
  readonly #count: number;
  #variables: readonly Variable[];
  #first: Buffer | null = null;

  constructor(
    manifest: readonly ManifestLine[],
    variables: readonly Variable[],
    environment: TracedText,
    count: number,
  ) {
    this.#manifest = manifest;
    this.#variables = variables;
    this.#environment = environment;
    this.#count = count;
  }

  /** All that is written, and the same as far as the plan goes. Throws `live-bootstrap.script-changed`. */
  run(): { written: GeneratedFiles; read: GeneratedFiles } {
    const variables = [...this.#variables];
    const directives = interpret(this.#manifest, variables);
    this.#variables = variables;
    const written = generateScripts(directives, variables, this.#environment);
    const script = written.get(FIRST_SCRIPT)?.bytes ?? Buffer.alloc(0);
    this.#first ??= script;
    if (!this.#first.equals(script)) {
      throw inputError(
        'live-bootstrap.script-changed',
        'the scripts are generated once more and differently, while the first of them is running',
        this.#manifest[0]?.origin,
      );
    }
    return {
      written,
      read: generateScripts(directives.slice(0, this.#count), variables, this.#environment),
    };
  }
}

function fileOf(tree: PlacedTree, path: string, limit: number): Buffer {
  if (tree.type(path) === 'file') return tree.read(path, limit);
  throw inputError('live-bootstrap.no-script', 'the bundle has no such file', { file: tree.nameOf(path) });
}

function environmentOf(tree: PlacedTree): TracedText {
  const text = new TracedText();
  text.addFile(fileOf(tree, ENVIRONMENT, ENVIRONMENT_LIMIT), tree.nameOf(ENVIRONMENT));
  return text;
}

function requirePlaces({ place, root }: LiveBootstrapPlan, files: DescriptionFiles): void {
  const cure = 'Compare the bundle with what the kit says of it.';
  if (files.type(root) !== null) {
    const message = 'the bundle has something where the root of the chain is to be';
    throw inputError('live-bootstrap.place', message, { entry: root }, cure);
  }
  for (const { from, to } of place) {
    const type = files.type(from);
    if (type === 'directory' || (type === 'file' && to !== undefined)) continue;
    const message =
      type === null ? 'the bundle does not have this' : 'only a folder can be copied to the root';
    throw inputError('live-bootstrap.place', message, { entry: from }, cure);
  }
}

function requireUntil({ until }: LiveBootstrapPlan, directives: readonly Directive[]): void {
  const isIt = ({ kind, argument, pass }: Directive) =>
    kind === 'build' && (argument === until || `${argument} pass${pass}` === until);
  if (until !== undefined && !directives.some(isIt)) {
    throw inputError('live-bootstrap.until', `the manifest never builds '${until}'`, {
      file: 'kit.toml',
      line: 1,
    });
  }
}

/** Everything that the manifest names must be there, up to where the plan goes. */
function requireScripts(directives: readonly Directive[], tree: PlacedTree): void {
  const bash = directives.findIndex(endsScript);
  for (const [i, { kind, argument, pass, origin }] of directives.entries()) {
    if (kind === 'uninstall') continue;
    const early = bash < 0 || i <= bash;
    const path =
      kind === 'improve' ? `improve/${argument}.sh` : early ? `${argument}/pass${pass}.kaem` : argument;
    if (tree.type(`steps/${path}`) === (kind === 'build' && !early ? 'directory' : 'file')) continue;
    throw inputError('live-bootstrap.no-script', `the bundle has no steps/${path}`, origin);
  }
}
