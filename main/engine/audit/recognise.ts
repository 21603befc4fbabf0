import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../base/index.ts';
import {
  bundleWithin,
  companionsOf,
  type ImportOptions,
  importBundle,
  importCompanions,
  loneFolder,
  openBundle,
} from '../bundle/index.ts';
import { type Case, createCase, type EventOf } from '../case/index.ts';
import { bestFit, embeddedKits, type Fit, fitOf, type Kit, loadKit, sortFits } from '../chain/index.ts';

/** The kits that recognition knows: those that come with Assay, and more by folder. */
export function knownKits(folders: readonly string[] = []): Kit[] {
  return [...embeddedKits(), ...folders].map(loadKit);
}

/**
 * Says how far each kit fits the bundle of a case and the files beside it, best first. One pass over the index; besides it only the
 * files that pin others are read.
 */
export async function recognise(
  theCase: Case,
  imported: EventOf<'bundle-imported'>,
  kits: readonly Kit[],
  options: ImportOptions = {},
): Promise<Fit[]> {
  using bundle = await openBundle(theCase, imported, options);
  const companions = companionsOf(theCase.log.of('file-imported'));
  const folder = loneFolder(bundle.entries());
  const wanted = new Set(kits.flatMap(({ description }) => description.seed.map(({ sha256 }) => sha256)));
  const found = new Map<string, string>();
  for (const { path, sha256 } of bundle.entries()) {
    if (sha256 !== null && wanted.has(sha256) && !found.has(sha256)) found.set(sha256, path);
  }
  for (const { name, sha256 } of companions) if (!found.has(sha256)) found.set(sha256, name);
  const inner = folder === '' ? bundle : bundleWithin(bundle, folder);
  const fits = kits.map(kit =>
    fitOf(kit, {
      tree: kit.description.bundle.root === 'auto' ? inner : bundle,
      companions,
      content: (sha256, limit) => theCase.objects.read(sha256, limit),
      where: sha256 => found.get(sha256),
      names: [imported.name, ...(folder === '' ? [] : [folder])],
    }),
  );
  return sortFits(fits);
}

/** The one kit that fits; throws `kits.none-fits` or `kits.several-fit` with every candidate as a problem. */
export function theOneThatFits(fits: readonly Fit[]): Fit {
  const best = bestFit(fits);
  if (best) return best;
  const several = fits.filter(({ fit }) => fit === 'fits');
  const candidates = several.length > 0 ? several : fits.filter(({ fit }) => fit === 'partly');
  throw new AssayError({
    kind: 'input',
    code: several.length > 0 ? 'kits.several-fit' : 'kits.none-fits',
    message:
      several.length > 0
        ? `${several.length} kits fit the bundle equally well`
        : 'no kit fits the bundle: nothing was run',
    cure:
      several.length > 0
        ? 'Name the one that is meant with --kit.'
        : 'Name a kit with --kit, or make one with: assay kits new FOLDER --from BUNDLE',
    problems: candidates.map(({ kit, reasons }) => ({
      code: several.length > 0 ? 'kits.fits' : 'kits.fits-partly',
      message: `${kit.description.kit.id}: ${reasons
        .filter(({ met }) => several.length > 0 || !met)
        .map(({ text }) => text)
        .join('; ')}`,
      where: {},
    })),
  });
}

/**
 * Imports a bundle into a case that lives as long as `work`: in the system's folder for temporary files, which takes as much room
 * there as the bundle and its decompressed tar.
 */
export async function withTemporaryCase<T>(
  { tree, files }: { readonly tree: string; readonly files: readonly string[] },
  options: ImportOptions,
  work: (theCase: Case, imported: EventOf<'bundle-imported'>) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-look-'));
  try {
    using theCase = createCase(join(folder, 'case'), 'a look', 'none');
    const imported = await importBundle(theCase, tree, options);
    await importCompanions(theCase, files, options);
    return await work(theCase, imported);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
