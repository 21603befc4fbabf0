import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  ANNOTATION_FILE_LIMIT,
  type Case,
  type EventOf,
  exportAnnotations,
  importAnnotations,
  inputError,
  mergeAnnotations,
  openCase,
  parseAnnotationFile,
  refuseWhileBlind,
  reviewIn,
  sha256Of,
  writeFileAtomic,
} from '../../engine/index.ts';
import { opening } from '../case-options.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { mergeText } from '../review-text.ts';
import { CASE, openToLook, SEED, type SeedOption, withLooker, withWho } from './seed-options.ts';

/** `assay seed export`, `import`: annotations that travel. */
export function exchangeCommands(seed: Command): void {
  withLooker(seed.command('export'))
    .description('write the annotations of a seed into a file')
    .argument(...CASE)
    .requiredOption('--out <file>')
    .option(...SEED)
    .action(exportTo);
  withWho(seed.command('import'))
    .description('take over annotations from a file, also for another version of the seed, by content')
    .argument(...CASE)
    .argument('<file>')
    .option(...SEED)
    .option('--theirs', 'where an annotation here says something else, add what the file says too')
    .option('--look', 'only say what would come of it')
    .action(importFrom);
}

function exportTo(folder: string, options: SeedOption & { out: string }): void {
  using theCase = openToLook(folder, options);
  const bytes = exportAnnotations(theCase, oneSeed(theCase, options.seed));
  const out = resolve(options.out);
  if (existsSync(out))
    throw inputError('annotation-file.exists', 'there is such a file already', { file: out });
  writeFileAtomic(out, bytes);
  const document = { out, sha256: sha256Of(bytes), size: bytes.length };
  makeOutput(options.json ?? false).result(document, () => `Wrote ${out}`);
}

function importFrom(
  folder: string,
  file: string,
  options: SeedOption & { theirs?: boolean; look?: boolean },
): void {
  const look = options.look ?? false;
  using theCase = look ? openToLook(folder, options) : openCase(folder, opening(options));
  const seed = oneSeed(theCase, options.seed);
  const { size } = statSync(file, { throwIfNoEntry: false }) ?? { size: -1 };
  if (size < 0 || size > ANNOTATION_FILE_LIMIT)
    throw inputError('annotation-file.invalid', size < 0 ? 'there is no such file' : 'it is too large', {
      file,
    });
  const bytes = readFileSync(file);
  const { items, added } = look
    ? { items: lookAt(theCase, seed, bytes, file), added: [] }
    : importAnnotations(theCase, seed, { bytes, file }, { theirs: options.theirs ?? false });
  const document = {
    added: [...added],
    items: items.map(({ theirs: { content: _, ...theirs }, ranges, ...rest }) => ({
      ...rest,
      theirs,
      ranges: ranges && [...ranges],
    })),
  };
  makeOutput(options.json ?? false).result(document, () => mergeText(items, added.length));
  process.exitCode = items.some(({ state }) => state === 'conflict') && !options.theirs ? 1 : 0;
}

function lookAt(theCase: Case, { seed }: EventOf<'seed-checked'>, bytes: Buffer, file: string) {
  refuseWhileBlind(theCase, 'a file of annotations', seed.sha256);
  const own = { sha256: seed.sha256, bytes: theCase.objects.read(seed.sha256) };
  return mergeAnnotations(reviewIn(theCase), own, parseAnnotationFile(bytes, file));
}
