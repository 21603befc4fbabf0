import { inputError } from '../base/index.ts';
import type { Case, EventOf } from '../case/index.ts';

type Imported = EventOf<'bundle-imported'>;

/** The bundles of a case, each once, as it was imported first; in that order. */
export function bundlesOf({ log }: Case): Imported[] {
  return log.of('bundle-imported').filter(event => event.again === undefined);
}

/** A bundle that a case has had. */
export interface BundleImport extends Pick<Imported, 'at' | 'by' | 'name' | 'bundle' | 'files'> {
  /** The event that imported it first. */
  readonly event: number;
  /** Whether the case has it now. */
  readonly inUse: boolean;
}

/** What a case has had as its bundle, oldest first. */
export function bundleImports(theCase: Case): BundleImport[] {
  const inUse = theCase.log.last('bundle-imported')?.bundle.sha256;
  return bundlesOf(theCase).map(({ seq: event, at, by, name, bundle, files }) => ({
    ...{ event, at, by, name, bundle, files },
    inUse: bundle.sha256 === inUse,
  }));
}

/** The import of these bytes, when the case had them. */
export function importedBefore(theCase: Case, sha256: string): Imported | undefined {
  return bundlesOf(theCase).find(event => event.bundle.sha256 === sha256);
}

/**
 * Takes a bundle up again that the case had before its present one, by its sha256; nothing is read or stored anew. Throws
 * `bundle.not-here` and `bundle.already-imported`.
 */
export function goBackToBundle(theCase: Case, sha256: string): Imported {
  const earlier = importedBefore(theCase, sha256);
  if (earlier) return goBack(theCase, earlier, earlier.name);
  throw inputError(
    'bundle.not-here',
    `the case never had a bundle of the sha256 ${sha256}`,
    { file: theCase.folder },
    'See which it had: assay bundle list CASE',
  );
}

/** Records that the case goes back to a bundle. Throws `bundle.already-imported`. */
export function goBack(theCase: Case, earlier: Imported, name: string): Imported {
  const { seq: again, at: _at, by: _by, ...facts } = earlier;
  const inUse = theCase.log.last('bundle-imported');
  if (inUse?.bundle.sha256 === earlier.bundle.sha256) {
    throw inputError(
      'bundle.already-imported',
      `the case has this bundle, since event ${inUse.seq}`,
      { file: name },
      'Nothing needs to be done.',
    );
  }
  return theCase.log.append({ ...facts, name, again }, seq => theCase.entries.copy(again, seq));
}
