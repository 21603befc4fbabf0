import type { Output } from '../../../contract/requests/index.ts';
import { mustBeTrusted, readAnnotations, writeAnnotations } from '../../audit/index.ts';
import { inputError } from '../../base/index.ts';
import { loadSigner } from '../../report/index.ts';
import {
  ANNOTATION_FILE_LIMIT,
  importAnnotations,
  lookAtAnnotations,
  type MergeItem,
  parseAnnotationFile,
  seedIn,
  seenIn,
} from '../../review/index.ts';
import type { Handlers } from '../handler.ts';

/** Methods about annotations that leave and come. */
export const annotationFileHandlers: Handlers<
  'seed.export' | 'seed.import-look' | 'seed.import' | 'seed.imports'
> = {
  async 'seed.export'({ seed, location, key, passphrase, withoutSeed }, { session, signal }) {
    const theCase = session.theCase();
    const signer =
      key === undefined
        ? null
        : await loadSigner(key, { passphrase: () => Promise.resolve(passphrase ?? ''), signal });
    const written = await writeAnnotations(theCase, seedIn(theCase, seed), location, {
      signer,
      withoutSeed,
      replace: true,
    });
    return { ...written };
  },
  'seed.import-look'({ seed, location, from }, { session }) {
    const theCase = session.theCase();
    const checked = seedIn(theCase, seed);
    const foreign = readAnnotations(location, checked, { seed: from, by: session.by });
    const { items, fresh } = lookAtAnnotations(theCase, checked, foreign);
    const { bytes: _, ...other } = foreign.file.seed;
    return {
      source: {
        kind: foreign.kind,
        name: foreign.name,
        sha256: foreign.sha256,
        seed: other,
        same: other.sha256 === seed,
      },
      signature: { ...foreign.signature },
      items: items.map(rowOf),
      fresh: fresh && [...fresh],
    };
  },
  'seed.imports'({ seed }, { session }) {
    const theCase = session.theCase();
    return seenIn(theCase)
      .imports(seed)
      .map(({ event, by, name, file, signature }) => {
        const kept = parseAnnotationFile(theCase.objects.read(file.sha256, ANNOTATION_FILE_LIMIT), name);
        return {
          ...{ event, by, name, sha256: file.sha256, key: signature?.key ?? null },
          seed: { ...kept.seed, bytes: kept.seed.bytes !== null },
        };
      });
  },
  'seed.import'({ seed, location, from, sha256, add, replace, asUnsigned }, { session }) {
    const theCase = session.theCase();
    const checked = seedIn(theCase, seed);
    const foreign = readAnnotations(location, checked, { seed: from, by: session.by });
    if (foreign.sha256 !== sha256) {
      throw inputError(
        'annotation-file.changed',
        'it is not what was looked at any more',
        { file: foreign.name },
        'Look at it again.',
      );
    }
    mustBeTrusted(foreign, asUnsigned);
    const [adding, replacing] = [new Set(add), new Set(replace)];
    const { added, replaced } = importAnnotations(theCase, checked, foreign, (_, number) =>
      replacing.has(number) ? 'replace' : adding.has(number) ? 'add' : 'leave',
    );
    return { added: [...added], replaced: [...replaced] };
  },
};

function rowOf(
  { theirs: { content: _, ...theirs }, state, ranges, moved, ours }: MergeItem,
  i: number,
): Output<'seed.import-look'>['items'][number] {
  return { number: i + 1, state, moved, ranges: ranges && [...ranges], theirs, ours: ours && { ...ours } };
}
