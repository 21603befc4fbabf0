import { inputError, type Where } from '../base/index.ts';

/** How many symlinks may follow on one another; the kernel gives up at the same number. */
const MAX_HOPS = 40;

interface Link {
  readonly target: string;
  readonly where: Where;
  /** Where the link leads, as the parts of a path, and over how many links; undefined until worked out. */
  end?: { readonly parts: readonly string[]; readonly hops: number };
}

/** The symlinks of an archive, kept until all are known: only then can it be said where each one leads. */
export class LinkCheck {
  readonly #links = new Map<string, Link>();

  /** Takes a link. Throws `archive.link-leaves-tree` when its own text already leads out. */
  add(path: string, target: string, where: Where): void {
    if (target.startsWith('/')) throw leaves(path, target, where);
    let depth = path.split('/').length - 1;
    for (const part of target.split('/')) {
      if (part === '..') depth -= 1;
      else if (part !== '' && part !== '.') depth += 1;
      if (depth < 0) throw leaves(path, target, where);
    }
    this.#links.set(path, { target, where });
  }

  /** Follows every link through every other. Throws `archive.link-leaves-tree` or `archive.link-loop`. */
  finish(): void {
    for (const [path, link] of this.#links) this.#resolve(path, link, 1);
  }

  #resolve(path: string, link: Link, depth: number): NonNullable<Link['end']> {
    if (link.end) return link.end;
    if (depth > MAX_HOPS) throw loops(path, link);
    const parts = path.split('/').slice(0, -1);
    let hops = 1;
    for (const part of link.target.split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (parts.pop() === undefined) throw leaves(path, link.target, link.where);
        continue;
      }
      parts.push(part);
      const here = parts.join('/');
      const other = this.#links.get(here);
      if (!other) continue;
      const end = this.#resolve(here, other, depth + 1);
      hops += end.hops;
      if (hops > MAX_HOPS) throw loops(path, link);
      parts.splice(0, parts.length, ...end.parts);
    }
    link.end = { parts, hops };
    return link.end;
  }
}

function leaves(path: string, target: string, where: Where): Error {
  return inputError(
    'archive.link-leaves-tree',
    `the link '${path}' to '${target}' leads out of the tree`,
    where,
  );
}

function loops(path: string, link: Link): Error {
  return inputError(
    'archive.link-loop',
    `the link '${path}' leads in a circle or over more than ${MAX_HOPS} links`,
    link.where,
  );
}
