import { inputError } from '../../base/index.ts';
import type { PlanNote } from '../plan.ts';
import type { Directive } from './manifest.ts';
import { type Distfile, readSources, SOURCES_LIMIT } from './sources.ts';

/** Where lists of sources are read; paths are from the chain's root. */
interface Sources {
  type(path: string): string | null;
  read(path: string, limit: number): Buffer;
  nameOf(path: string): string;
}

/** The source archives of a package, none for one without a list. Throws `live-bootstrap.sources`. */
function distfilesOf(name: string, tree: Sources): Distfile[] {
  const path = `steps/${name}/sources`;
  if (tree.type(path) !== 'file') return [];
  return readSources(tree.read(path, SOURCES_LIMIT), tree.nameOf(path));
}

/** How far a plan goes. */
export interface Reach {
  /** How many directives are done. */
  readonly count: number;
  /** What those that are built are made from, each once. */
  readonly distfiles: readonly Distfile[];
  /** Why the plan does not go further, when it does not. */
  readonly notes: readonly PlanNote[];
}

/**
 * How far a plan goes: to the package that the kit names, to the first one of which a source archive is not there, or to the first jump,
 * which would start another kernel. `isThere` tells whether the bundle holds an archive of a name. Throws `live-bootstrap.sources`.
 */
export function reachOf(
  directives: readonly Directive[],
  tree: Sources,
  until: string | undefined,
  isThere: (name: string) => boolean,
): Reach {
  const distfiles = new Map<string, Distfile>();
  const lists = new Map<string, Distfile[]>();
  for (const [i, directive] of directives.entries()) {
    const end = (count: number, code: string, message: string): Reach => ({
      count,
      distfiles: [...distfiles.values()],
      notes: [{ code: `live-bootstrap.${code}`, message, origin: directive.origin }],
    });
    const { kind, argument } = directive;
    if (kind === 'jump')
      return end(i, 'jump', `the plan ends before the jump to '${argument}', which starts another kernel`);
    if (kind !== 'build') continue;
    const needed = lists.get(argument) ?? distfilesOf(argument, tree);
    lists.set(argument, needed);
    const missing = needed.find(each => !isThere(each.name));
    if (missing) return end(i, 'missing-distfile', missingText(argument, missing));
    for (const distfile of needed) keep(distfiles, distfile);
    if (until === argument || until === `${argument} pass${directive.pass}`)
      return end(i + 1, 'until', `the plan ends with '${until}', as the kit says`);
  }
  return { count: directives.length, distfiles: [...distfiles.values()], notes: [] };
}

/** Throws `live-bootstrap.sources` when two packages mean different files by one name. */
function keep(distfiles: Map<string, Distfile>, distfile: Distfile): void {
  const { name, sha256, origin } = distfile;
  const known = distfiles.get(name);
  if (known && known.sha256 !== sha256) {
    const where = `${known.origin.file}, line ${known.origin.line}`;
    throw inputError('live-bootstrap.sources', `'${name}' has another hash in ${where}`, origin);
  }
  if (!known) distfiles.set(name, distfile);
}

function missingText(argument: string, { name, sha256, url }: Distfile): string {
  const address = url.length > 200 ? `${url.slice(0, 199)}…` : url;
  return `the plan ends before '${argument}': the bundle does not hold ${name}, sha256 ${sha256}, from ${address}`;
}
