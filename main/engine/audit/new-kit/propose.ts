import { posix } from 'node:path';
import type { Architecture, BundleLook, SeedCandidate } from './look.ts';

/** Who reads the plan, and where it begins. */
export type PlanChoice =
  | { readonly reader: 'steps' }
  | { readonly reader: 'kaem'; readonly entry: string; readonly runner: string }
  | { readonly reader: 'containerfile'; readonly file: string; readonly package: string | null };

/** What a new kit will say. Paths are of the bundle's tree. */
export interface KitChoices {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly publisher: string;
  readonly summary: string;
  readonly architecture: Architecture;
  readonly seeds: readonly SeedCandidate[];
  readonly plan: PlanChoice;
  readonly published: readonly string[];
}

/** Stands where a person has still to say something. */
export const TO_FILL_IN = 'To be filled in';

const ALIASES: Record<Architecture, readonly string[]> = {
  x86: ['x86', 'i386', 'i686'],
  amd64: ['amd64', 'x86_64', 'x86-64'],
  aarch64: ['aarch64', 'arm64'],
  riscv32: ['riscv32'],
  riscv64: ['riscv64'],
};

const OF_THIS_MACHINE: Partial<Record<string, Architecture>> = {
  x64: 'amd64',
  ia32: 'x86',
  arm64: 'aarch64',
  riscv64: 'riscv64',
};

/** What a bundle and its folder are called gives name and version: `stage0-posix-1.9.1.tar.gz`. */
export function nameAndVersion(names: readonly string[]): { readonly id: string; readonly version: string } {
  for (const name of names) {
    const bare = name.replace(/(\.(tar|tgz|txz|tbz2|zst|gz|xz|bz2|lz))+$/i, '');
    const [, stem, version] = /^(.*?)[-_]v?(\d+(?:\.\d+)*)$/.exec(bare) ?? [];
    if (stem && version) return { id: idOf(stem), version };
  }
  return { id: idOf(names.at(-1) ?? ''), version: '0' };
}

/** A name as an id: lower-case letters, digits and `. _ + -`. */
export function idOf(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9._+-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 80);
  return id === '' ? 'chain' : id;
}

/** The architectures of the seeds that were found, this machine's first. */
export function architecturesIn({ seeds }: BundleLook): Architecture[] {
  const found = [
    ...new Set(seeds.flatMap(({ architecture }) => (architecture === null ? [] : [architecture]))),
  ];
  const here = OF_THIS_MACHINE[process.arch];
  return found.sort((a, b) => Number(b === here) - Number(a === here));
}

/**
 * The seeds of an architecture: those with a source that gives exactly them; when none has one, all. Flat binaries, which do not say
 * what they are for, only where there is no other.
 */
export function seedsFor({ seeds }: BundleLook, architecture: Architecture): SeedCandidate[] {
  const own = seeds.filter(seed => seed.architecture === architecture);
  const fitting = own.length > 0 ? own : seeds.filter(seed => seed.architecture === null);
  const proved = fitting.filter(({ source }) => source !== null);
  return proved.length > 0 ? proved : fitting;
}

/** The plans that a bundle may hold, the fullest description first; the last one stands in the kit. */
export function plansFor(
  look: BundleLook,
  architecture: Architecture,
  seeds: readonly SeedCandidate[],
): PlanChoice[] {
  const outermost = nearest(look.containerfiles);
  const containerfiles = outermost.map((file): PlanChoice => {
    const beside = posix.join(posix.dirname(file), 'package.toml');
    return { reader: 'containerfile', file, package: look.packages.includes(beside) ? beside : null };
  });
  const runner = seeds.find(({ path }) => posix.basename(path).includes('kaem'));
  const scripts = runner ? nearest(forArchitecture(look.scripts, architecture)) : [];
  const kaem = scripts.map((entry): PlanChoice => ({ reader: 'kaem', entry, runner: runner?.path ?? '' }));
  return [...containerfiles, ...kaem, { reader: 'steps' }];
}

/** The files of published hashes that are of no other architecture, those nearest to the top. */
export function publishedFor({ published }: BundleLook, architecture: Architecture): string[] {
  return nearest(
    forArchitecture(
      published.map(({ path }) => path),
      architecture,
    ),
  );
}

/** The paths in the highest folder that has any. */
function nearest(paths: readonly string[]): string[] {
  const depth = (path: string) => path.split('/').length;
  const least = Math.min(...paths.map(depth));
  return paths.filter(path => depth(path) === least);
}

/** Those whose name speaks of the architecture; when none does, those that speak of no other. */
function forArchitecture(paths: readonly string[], architecture: Architecture): string[] {
  const speaks = (path: string, of: Architecture) => {
    const words = posix.basename(path).toLowerCase().split(/[.-]/);
    return ALIASES[of].some(alias => words.includes(alias));
  };
  const own = paths.filter(path => speaks(path, architecture));
  if (own.length > 0) return own;
  const all = Object.keys(ALIASES) as Architecture[];
  return paths.filter(path => !all.some(each => speaks(path, each)));
}
