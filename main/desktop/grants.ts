import { randomBytes } from 'node:crypto';
import { GRANT_KINDS, type Grant, type GrantKind } from '../contract/grants.ts';
import { definitionOf, type Method } from '../contract/requests/index.ts';
import { inputProblem } from './problem.ts';

/** So many grants are remembered; older ones are forgotten first. */
const LIMIT = 10_000;

/** The paths that a person chose, by the random names that the renderer has for them. */
export class Grants {
  readonly #paths = new Map<string, { readonly kind: GrantKind; readonly path: string }>();

  /** Gives leave to use a path as one thing. */
  give(kind: GrantKind, path: string): Grant {
    const grant = `grant:${randomBytes(16).toString('hex')}`;
    this.#paths.set(grant, { kind, path });
    const [oldest] = this.#paths.keys();
    if (this.#paths.size > LIMIT && oldest !== undefined) this.#paths.delete(oldest);
    return { grant, label: path };
  }

  /**
   * The parameters of a request with paths where grants stood. `params` has the shape that the request's schema wants. Throws
   * `grant.invalid` for anything in such a field that is not a grant of a kind which the field takes.
   */
  resolve(method: Method, params: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const resolved = { ...params };
    for (const field of definitionOf(method).grants ?? []) {
      const value = params[field];
      if (value === undefined || value === null) continue;
      const kinds = GRANT_KINDS[`${method}.${field}`] ?? [];
      resolved[field] = Array.isArray(value)
        ? value.map(each => this.#pathOf(each, kinds, method))
        : this.#pathOf(value, kinds, method);
    }
    return resolved;
  }

  #pathOf(value: unknown, kinds: readonly GrantKind[], method: Method): string {
    const known = typeof value === 'string' ? this.#paths.get(value) : undefined;
    if (known && kinds.includes(known.kind)) return known.path;
    throw inputProblem(
      'grant.invalid',
      known
        ? `${method} takes no path that was chosen as '${known.kind}'`
        : `${method} takes only a path that was chosen in a dialog`,
      'Choose it again.',
    );
  }
}
