import { z } from 'zod';
import { inputError } from '../base/index.ts';
import { containerfilePins } from './containerfile/index.ts';
import type { DescriptionFiles } from './kaem/index.ts';
import { liveBootstrapPins } from './live-bootstrap/index.ts';
import { type Kit, type LineFinder, tableLines } from './load.ts';
import { originSchema, treePathSchema } from './plan.ts';

/** A file that the tree must hold at a place, by hash, before anything runs. */
export const pinSchema = z.strictObject({
  path: treePathSchema,
  /** In bytes; null when nobody says. */
  size: z.nullable(z.int().min(0)),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Who asks for it: the kit, or a file of the build description. */
  origin: originSchema,
  /** Whether the chain can do without it, because its plan then ends before it is needed. */
  optional: z.literal(true).optional(),
});
export type Pin = z.infer<typeof pinSchema>;

/** The most pins of one chain. */
export const PIN_LIMIT = 100_000;

/**
 * The files that the kit and its build description pin, the kit's first, each path once. The description is read as far as
 * its files are there: once pinned files are in their places there may be more. Throws `pins.contradict` when two pins cannot
 * both be met, `pins.too-many`, and what the reader throws.
 */
export function readPins(kit: Kit, files: DescriptionFiles): Pin[] {
  const lineOf = tableLines(kit.bytes.toString('utf8'));
  const pins = new Map<string, Pin>();
  for (const pin of [...kitPins(kit, lineOf), ...descriptionPins(kit, files, lineOf)]) {
    const known = pins.get(pin.path);
    if (known && known.sha256 !== pin.sha256) throw contradiction(pin, known);
    if (!known) pins.set(pin.path, pin);
    if (pins.size > PIN_LIMIT) {
      throw inputError('pins.too-many', `more than ${PIN_LIMIT} files are pinned`, pin.origin);
    }
  }
  for (const pin of pins.values()) {
    for (let at = pin.path.lastIndexOf('/'); at > 0; at = pin.path.lastIndexOf('/', at - 1)) {
      const folder = pins.get(pin.path.slice(0, at));
      if (folder) throw contradiction(pin, folder);
    }
  }
  return [...pins.values()];
}

function kitPins(kit: Kit, lineOf: LineFinder): Pin[] {
  return kit.description.file.map(({ path, size, sha256 }, i) => ({
    path,
    size: size ?? null,
    sha256,
    origin: { file: 'kit.toml', line: lineOf(['file', i]) },
  }));
}

/** What the build description pins, by the reader that the kit names. */
function descriptionPins(kit: Kit, files: DescriptionFiles, lineOf: LineFinder): Pin[] {
  const { plan } = kit.description;
  if (plan.reader === 'containerfile') return containerfilePins(plan, files, lineOf);
  if (plan.reader === 'live-bootstrap') return liveBootstrapPins(plan, files);
  return [];
}

function contradiction(pin: Pin, other: Pin): Error {
  const { file, line } = other.origin;
  const how = pin.path === other.path ? 'by another hash' : `below '${other.path}', which is a file`;
  return inputError('pins.contradict', `'${pin.path}' is pinned ${how} (${file}, line ${line})`, {
    ...pin.origin,
    entry: pin.path,
  });
}
