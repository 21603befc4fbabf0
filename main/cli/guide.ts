import { posix } from 'node:path';
import {
  type Architecture,
  architecturesIn,
  firstThatReads,
  inputError,
  type KitChoices,
  type LookedAt,
  nameAndVersion,
  type PlanChoice,
  plansFor,
  publishedFor,
  type SeedCandidate,
  seedsFor,
  TO_FILL_IN,
} from '../engine/index.ts';

/** Asks a person; gives the preset when there is nobody to ask. Lists are answered by numbers or names, with commas. */
export interface Ask {
  text(question: string, preset: string): Promise<string>;
  choice(question: string, offered: readonly string[], preset: readonly string[]): Promise<readonly string[]>;
}

/** What the user said on the command line. Paths are of the bundle's tree. */
export interface Given {
  readonly id?: string;
  readonly title?: string;
  readonly version?: string;
  readonly publisher?: string;
  readonly summary?: string;
  readonly architecture?: string;
  readonly reader?: string;
  readonly entry?: string;
  readonly runner?: string;
  readonly seed?: readonly string[];
  readonly published?: readonly string[];
}

/** For a run without questions: everything is as it was found. */
export const ASK_NOBODY: Ask = {
  text: async (_, preset) => preset,
  choice: async (_question, _offered, preset) => preset,
};

const ARCHITECTURES: readonly Architecture[] = ['x86', 'amd64', 'aarch64', 'riscv32', 'riscv64'];

/** Makes the choices for a new kit: what was given counts, the rest is asked, with what was found as the preset. */
export async function guide(looked: LookedAt, given: Given, ask: Ask): Promise<KitChoices> {
  const { look, names } = looked;
  const found = nameAndVersion(names);
  const say = async (value: string | undefined, question: string, preset: string) =>
    value ?? (await ask.text(question, preset));
  const id = await say(given.id, 'Id of the kit', found.id);
  const title = await say(given.title, 'Title of the chain', found.id);
  const version = await say(given.version, 'Version', found.version);
  const publisher = await say(given.publisher, 'Who publishes it', TO_FILL_IN);
  const summary = await say(given.summary, 'What the chain leads to, in a sentence', TO_FILL_IN);
  const [first = 'amd64'] = architecturesIn(look);
  const architecture = architectureOf(await say(given.architecture, 'Architecture', first));
  const seeds = await chooseSeeds(looked, given, architecture, ask);
  const published = given.published ?? (await choosePublished(looked, architecture, ask));
  const base = { id, title, version, publisher, summary, architecture, seeds, published };
  const plan = await choosePlan(looked, given, { ...base, plan: { reader: 'steps' } }, ask);
  return { ...base, plan };
}

function architectureOf(name: string): Architecture {
  const architecture = ARCHITECTURES.find(each => each === name);
  if (architecture) return architecture;
  throw inputError(
    'usage.architecture',
    `'${name}' is no architecture`,
    undefined,
    `Known: ${ARCHITECTURES.join(', ')}.`,
  );
}

async function chooseSeeds(
  { look }: LookedAt,
  given: Given,
  architecture: Architecture,
  ask: Ask,
): Promise<SeedCandidate[]> {
  const offered = look.seeds.map(({ path }) => path);
  const preset = seedsFor(look, architecture).map(({ path }) => path);
  const paths = given.seed ?? (await ask.choice('Seeds', offered, preset));
  if (paths.length === 0) throw noSeed('no seed was found in the bundle');
  return paths.map(path => {
    const seed = look.seeds.find(each => each.path === path);
    if (!seed) throw noSeed(`'${path}' is no small static program, and no hex0 source gives it`);
    return seed;
  });
}

function noSeed(message: string): Error {
  return inputError('kits.no-seed', message, undefined, 'Write the kit by hand: docs/kits.md says how.');
}

async function choosePublished({ look }: LookedAt, architecture: Architecture, ask: Ask): Promise<string[]> {
  const offered = look.published.map(({ path }) => path);
  if (offered.length === 0) return [];
  return [...(await ask.choice('Files of published hashes', offered, publishedFor(look, architecture)))];
}

async function choosePlan(
  looked: LookedAt,
  given: Given,
  choices: KitChoices,
  ask: Ask,
): Promise<PlanChoice> {
  const plans = plansFor(looked.look, choices.architecture, choices.seeds).filter(
    ({ reader }) => given.reader === undefined || reader === given.reader,
  );
  if (given.entry !== undefined) return planAt(given, given.entry, choices, looked);
  const named = new Map(plans.map(plan => [planName(plan), plan]));
  if (named.size === 0) {
    throw inputError(
      'kits.no-plan',
      `the bundle has nothing for the reader '${given.reader}'`,
      undefined,
      'Name the file with --entry, or leave out --reader.',
    );
  }
  const preset = planName(firstThatReads(looked, choices, plans));
  const [name = preset] = named.size === 1 ? [preset] : await ask.choice('Plan', [...named.keys()], [preset]);
  return named.get(name) ?? { reader: 'steps' };
}

function planName(plan: PlanChoice): string {
  if (plan.reader === 'steps') return 'steps in the kit';
  return plan.reader === 'kaem' ? `kaem ${plan.entry}` : `containerfile ${plan.file}`;
}

/** A plan that begins in a file that the user named. */
function planAt(
  { reader, runner }: Given,
  entry: string,
  { seeds }: KitChoices,
  { look }: LookedAt,
): PlanChoice {
  if (reader === 'containerfile' || (reader === undefined && look.containerfiles.includes(entry))) {
    const beside = posix.join(posix.dirname(entry), 'package.toml');
    return { reader: 'containerfile', file: entry, package: look.packages.includes(beside) ? beside : null };
  }
  const kaem = runner ?? seeds.find(({ path }) => posix.basename(path).includes('kaem'))?.path;
  if (kaem !== undefined) return { reader: 'kaem', entry, runner: kaem };
  throw inputError(
    'kits.no-runner',
    'no seed is a kaem',
    undefined,
    'Name the kaem that runs the script with --runner.',
  );
}
