import { lstatSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { canonicalBytes, inputError, sha256OfFile, type TaskOptions } from '../base/index.ts';
import type { Case, EventOf, NewEvent } from '../case/index.ts';
import { type Claims, isTreePath, type Kit, readPlan } from '../chain/index.ts';
import { openImage, readImage, rootOf } from '../image/index.ts';
import { verifyReport } from '../report/index.ts';
import { type CaseTree, requirePins } from './case-tree.ts';
import { makePlan } from './prepare.ts';

type Imported = EventOf<'claims-imported'>;
type Found = {
  readonly source: Imported['source'];
  readonly signers: Imported['signers'];
  readonly hashes: Claims['hashes'];
};

/**
 * Takes what other reports (`NAME.assay.tar`) and images say of the chain's files into a case as expectations. A report must verify,
 * and be of the same kit. When the chain was replayed already, what came out is compared with them, too. A file that is known is
 * left out. Throws `claims.not-valid`, `claims.other-chain`, `claims.unreadable`, `image.*`.
 */
export async function importClaims(
  theCase: Case,
  kit: Kit,
  tree: CaseTree,
  paths: readonly string[],
  options: TaskOptions = {},
): Promise<Imported[]> {
  requirePins(tree.files);
  const found = [];
  for (const path of paths) found.push(await claimsAt(kit, tree, path, options));
  const events = found.map(({ claims, ...event }): Imported => {
    const known = theCase.log.of('claims-imported').find(each => each.file.sha256 === event.file.sha256);
    return known ?? theCase.log.append({ ...event, claims: theCase.objects.put(canonicalBytes(claims)) });
  });
  const replay = theCase.log.last('replay-started');
  if (replay) makePlan(theCase, kit, tree, replay.mode);
  return events;
}

type NewClaims = Omit<Extract<NewEvent, { type: 'claims-imported' }>, 'claims'> & { readonly claims: Claims };

async function claimsAt(kit: Kit, tree: CaseTree, path: string, options: TaskOptions): Promise<NewClaims> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    throw inputError(
      'claims.unreadable',
      'this is no file',
      { file: path },
      'Name a report or an archive of an image.',
    );
  }
  const { source, signers, hashes } = path.endsWith('.assay.tar')
    ? fromReport(kit, path, options)
    : await fromImage(kit, tree, path, options);
  if (hashes.length === 0)
    throw inputError('claims.none', 'it says nothing of a file of the chain', { file: path });
  return {
    ...{ type: 'claims-imported', source, signers, name: basename(resolve(path)), file: sha256OfFile(path) },
    claims: { format: 1, hashes },
  };
}

function fromReport(kit: Kit, path: string, options: TaskOptions): Found {
  const { valid, report, problems } = verifyReport(path, options);
  if (!report || !valid) {
    const why = problems[0]?.message ?? 'it is none';
    throw inputError(
      'claims.not-valid',
      `the report does not verify: ${why}`,
      { file: path },
      'Look at it with: assay verify',
    );
  }
  if (report.kit.id !== kit.description.kit.id) {
    throw inputError(
      'claims.other-chain',
      `the report is of ${report.kit.id}, not of ${kit.description.kit.id}`,
      { file: path },
    );
  }
  // What a later step put something else in the place of is no claim of what the chain leaves.
  const left = report.artifacts.filter(({ after }) => after === null);
  const hashes = left.flatMap(({ path: at, sha256, size }) =>
    sha256 !== null && size !== null && isTreePath(at) ? [{ path: at, sha256, size }] : [],
  );
  const signers = report.signers.map(({ identity, fingerprint }) => ({ identity, fingerprint }));
  return { source: 'report', signers, hashes };
}

/** The files of an image are those of the chain's image, or of the tree when the chain ends in none. */
async function fromImage(kit: Kit, tree: CaseTree, path: string, options: TaskOptions): Promise<Found> {
  const plan = readPlan(kit, {
    type: at => tree.entry(at)?.type ?? null,
    read: (at, limit) => tree.read(at, limit),
  });
  const root = plan.image === undefined ? '' : `${plan.image.root}/`;
  using image = openImage(path);
  const entries = rootOf(await readImage(image, null, options));
  const hashes = entries.flatMap(({ path: at, sha256, size }) =>
    sha256 !== null && isTreePath(root + at) ? [{ path: root + at, sha256, size }] : [],
  );
  return { source: 'image', signers: [], hashes };
}
