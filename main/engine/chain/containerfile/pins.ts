import { sha256Of } from '../../base/index.ts';
import type { DescriptionFiles } from '../kaem/index.ts';
import type { ContainerfilePlan } from '../kit.ts';
import type { LineFinder } from '../load.ts';
import type { Pin } from '../pins.ts';
import { blobPath, DOCUMENT_LIMIT, partsOf } from './outside.ts';
import { PACKAGE_LIMIT, readPackageFile } from './package-file.ts';

/**
 * What a Containerfile's chain pins: the sources of its package file, in `fetch`, and the parts of the images that the kit names
 * by digest; what an image's manifest names is known once the manifest is in its place. `lineOf` finds tables of kit.toml.
 * Throws `containerfile.*`.
 */
export function containerfilePins(
  plan: ContainerfilePlan,
  files: DescriptionFiles,
  lineOf: LineFinder,
): Pin[] {
  return [...sourcePins(plan, files), ...imagePins(plan, files, lineOf)];
}

function sourcePins(plan: ContainerfilePlan, files: DescriptionFiles): Pin[] {
  const { package: file, context, contexts } = plan;
  if (file === undefined || files.type(file) !== 'file') return [];
  const folder = contexts.fetch ?? (context === undefined ? 'fetch' : `${context}/fetch`);
  const bytes = files.read(file, PACKAGE_LIMIT);
  const lines = bytes.toString('utf8').split('\n');
  return [...readPackageFile(bytes, file).hashes].map(([name, sha256]) => ({
    path: `${folder}/${name}`,
    size: null,
    sha256,
    origin: { file, line: Math.max(1, lines.findIndex(line => line.includes(sha256)) + 1) },
  }));
}

function imagePins(plan: ContainerfilePlan, files: DescriptionFiles, lineOf: LineFinder): Pin[] {
  return plan.image.flatMap(({ layout, digest }, i): Pin[] => {
    const origin = { file: 'kit.toml', line: lineOf(['plan', 'image', i]) };
    const pinned = (sha256: string) => ({ path: blobPath(layout, sha256), size: null, sha256, origin });
    const manifest = blobPath(layout, digest);
    if (files.type(manifest) !== 'file') return [pinned(digest)];
    const bytes = files.read(manifest, DOCUMENT_LIMIT);
    if (sha256Of(bytes) !== digest) return [pinned(digest)];
    return [digest, ...partsOf(bytes, manifest)].map(pinned);
  });
}
