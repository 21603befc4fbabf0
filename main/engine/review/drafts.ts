import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalBytes, sha256Of, writeFileAtomic } from '../base/index.ts';
import {
  ANNOTATION_COLOURS,
  ANNOTATION_KINDS,
  type Case,
  instantSchema,
  rangeSchema,
} from '../case/index.ts';
import { reviewerIn } from './write.ts';

/** The folder of a case that drafts are kept in. Nothing in it is evidence. */
const FOLDER = 'drafts';
/** The largest file of a draft that is read, in bytes. */
const FILE_LIMIT = 1 << 20;

const draftSchema = z.strictObject({
  /** The annotation that is being changed; null for a new one. */
  id: z.nullable(z.string().max(100)),
  ranges: z.array(rangeSchema).max(10_000),
  kind: z.enum(ANNOTATION_KINDS),
  label: z.string().max(2000),
  note: z.string().max(20_000),
  group: z.string().max(2000),
  colour: z.nullable(z.enum(ANNOTATION_COLOURS)),
});
/** An annotation that is being written, as it was left. */
export type UnfinishedAnnotation = z.infer<typeof draftSchema>;

const fileSchema = z.strictObject({
  format: z.literal(1),
  seed: z.string(),
  by: z.string(),
  savedAt: instantSchema,
  draft: draftSchema,
});

/** What a person was writing of a seed when it was kept last. */
export interface KeptDraft {
  readonly draft: UnfinishedAnnotation;
  readonly savedAt: string;
}

/** What a person was writing of a seed; null for nothing, or when what was kept cannot be read. */
export function draftOf(theCase: Case, seed: string, by?: string): KeptDraft | null {
  const name = reviewerIn(theCase, by);
  const path = fileOf(theCase, seed, name);
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: FILE_LIMIT + 1 };
  if (size > FILE_LIMIT) return null;
  const parsed = fileSchema.safeParse(jsonOf(readFileSync(path, 'utf8')));
  if (!parsed.success || parsed.data.seed !== seed || parsed.data.by !== name) return null;
  const { draft, savedAt } = parsed.data;
  return { draft, savedAt };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Keeps what a person is writing of a seed, so that it survives a crash; null forgets it. Each person has one for each seed. */
export function keepDraft(
  theCase: Case,
  seed: string,
  draft: UnfinishedAnnotation | null,
  by?: string,
): void {
  const name = reviewerIn(theCase, by);
  const path = fileOf(theCase, seed, name);
  if (draft === null) {
    rmSync(path, { force: true });
    return;
  }
  const folder = join(theCase.folder, FOLDER);
  if (!existsSync(folder)) mkdirSync(folder);
  const file: z.infer<typeof fileSchema> = {
    format: 1,
    seed,
    by: name,
    savedAt: theCase.clock.now(),
    draft,
  };
  writeFileAtomic(path, canonicalBytes(file), 0o600);
}

function fileOf(theCase: Case, seed: string, by: string): string {
  return join(theCase.folder, FOLDER, `${sha256Of(`${seed} ${by}`)}.json`);
}
