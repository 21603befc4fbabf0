import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type { z } from 'zod';
import { AssayError, INSTALLATION, inputError } from '../base/index.ts';
import {
  type KaemScripts,
  type KitDescription,
  kitSchema,
  type SeedTemplate,
  type StepsPlan,
} from './kit.ts';

/** A kit that was read and is valid. */
export interface Kit {
  readonly description: KitDescription;
  /** The bytes of kit.toml, kept as evidence. */
  readonly bytes: Buffer;
  /** The bundle that the kit brings, or null. */
  readonly bundleFolder: string | null;
}

/** The largest kit.toml that is read, in bytes. */
export const KIT_LIMIT = 8 << 20;

/** The kits that come with Assay. */
export const KITS_FOLDER = join(INSTALLATION, 'audit-kits');

const KIT_FILE = 'kit.toml';

/** The ids of the kits that come with Assay, sorted. */
export function embeddedKits(): string[] {
  if (!existsSync(KITS_FOLDER)) return [];
  return readdirSync(KITS_FOLDER)
    .filter(name => existsSync(join(KITS_FOLDER, name, KIT_FILE)))
    .sort();
}

/** Reads a kit by the id of an embedded one, or from a folder. Throws `kit.unknown`, `kit.syntax` or `kit.invalid`. */
export function loadKit(idOrFolder: string): Kit {
  const folder = embeddedKits().includes(idOrFolder) ? join(KITS_FOLDER, idOrFolder) : idOrFolder;
  const file = join(folder, KIT_FILE);
  if (!existsSync(file)) {
    throw inputError(
      'kit.unknown',
      `there is no kit '${idOrFolder}'`,
      undefined,
      `Kits here: ${embeddedKits().join(', ')}; or name a folder with a kit.toml.`,
    );
  }
  if (statSync(file).size > KIT_LIMIT)
    throw inputError('kit.too-large', `kit.toml is larger than ${KIT_LIMIT} bytes`, { file });
  const bytes = readFileSync(file);
  const description = parseKit(bytes, file);
  const bundle = description.kit.bundle;
  const bundleFolder = bundle === undefined ? null : join(folder, bundle);
  if (bundleFolder !== null && !existsSync(bundleFolder)) {
    throw inputError(
      'kit.no-bundle',
      `the kit says it brings its bundle in '${bundle}', which is not there`,
      { file },
    );
  }
  return { description, bytes, bundleFolder };
}

/** Reads the text of a kit.toml. Throws `kit.syntax` or `kit.invalid` with the line. */
export function parseKit(bytes: Buffer, file: string): KitDescription {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const first = error.message.split('\n')[0] ?? 'not TOML';
    throw new AssayError({
      kind: 'input',
      code: 'kit.syntax',
      message: first,
      where: { file, line: error.line },
      cause: error,
    });
  }
  const parsed = kitSchema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error, text, file);
  checkReferences(parsed.data, text, file);
  return parsed.data;
}

function invalid(error: z.ZodError, text: string, file: string): AssayError {
  const issue = error.issues[0];
  const where = issue?.path.join('.') ?? '';
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  return inputError('kit.invalid', `${where || 'kit'}: ${issue?.message ?? 'is not valid'}${more}`, {
    file,
    line: tableLines(text)(issue?.path ?? []),
  });
}

function checkReferences(kit: KitDescription, text: string, file: string): void {
  const lineOf = tableLines(text);
  if (kit.plan.reader === 'steps') checkSteps(kit.plan, file, lineOf);
  else if (kit.plan.reader === 'kaem' || kit.plan.reader === 'live-bootstrap') checkRunner(kit.plan, file);
  checkFiles(kit.file, file, lineOf);
  for (const [i, seed] of kit.seed.entries()) checkSeed(seed, file, lineOf(['seed', i]));
}

function checkRunner(plan: KaemScripts, file: string): void {
  const paths = plan.interpreter.map(({ path }) => path);
  if (!paths.includes(plan.runner)) {
    throw inputError('kit.invalid', `the runner '${plan.runner}' is none of the interpreters`, { file });
  }
  if (new Set(paths).size < paths.length) {
    throw inputError('kit.invalid', 'two interpreters have the same path', { file });
  }
}

function checkSteps(plan: StepsPlan, file: string, lineOf: LineFinder): void {
  const stages = new Set(plan.stage.map(stage => stage.id));
  const ids = new Set<string>();
  for (const [i, step] of plan.step.entries()) {
    const line = lineOf(['plan', 'step', i]);
    if (!stages.has(step.stage))
      throw inputError(
        'kit.invalid',
        `step '${step.id}' names the stage '${step.stage}', which is not there`,
        { file, line },
      );
    if (ids.has(step.id))
      throw inputError('kit.invalid', `two steps are called '${step.id}'`, { file, line });
    ids.add(step.id);
  }
}

function checkFiles(files: KitDescription['file'], file: string, lineOf: LineFinder): void {
  const paths = new Set<string>();
  for (const [i, { path }] of files.entries()) {
    if (paths.has(path)) {
      throw inputError('kit.invalid', `two files have the path '${path}'`, {
        file,
        line: lineOf(['file', i]),
      });
    }
    paths.add(path);
  }
}

function checkSeed(seed: KitDescription['seed'][number], file: string, line: number): void {
  if ((seed.source === undefined) !== (seed.syntax === undefined)) {
    throw inputError('kit.invalid', `seed '${seed.name}' needs both source and syntax, or neither`, {
      file,
      line,
    });
  }
  for (const template of seed.template) checkTemplate(template, seed.size ?? 2 ** 32, { file, line });
}

function checkTemplate(
  { also = [], ...first }: SeedTemplate,
  size: number,
  where: { readonly file: string; readonly line: number },
): void {
  const ranges = [first, ...also];
  const invalid = (problem: string) =>
    inputError('kit.invalid', `template '${first.label}' ${problem}`, where);
  for (const { offset, length, expect } of ranges) {
    if (offset + length > size) throw invalid('ends after the seed');
    if (expect !== undefined && expect.length !== length * 2)
      throw invalid('expects another number of bytes than its length');
  }
  const sorted = [...ranges].sort((a, b) => a.offset - b.offset);
  if (sorted.some(({ offset }, i) => offset < endOf(sorted[i - 1]))) throw invalid('has ranges that overlap');
}

function endOf(range: { readonly offset: number; readonly length: number } | undefined): number {
  return range ? range.offset + range.length : 0;
}

function push(lines: Map<string, number[]>, header: string, line: number): void {
  const known = lines.get(header);
  if (known) known.push(line);
  else lines.set(header, [line]);
}

/** Finds the line of a table by the path of keys and indexes that leads to it. */
export type LineFinder = (path: readonly PropertyKey[]) => number;

/**
 * Where the tables of a TOML text begin, for messages and origins. It counts the headers `[[a.b]]` and does not read the
 * values, so that a header inside a multi-line string would mislead it.
 */
export function tableLines(text: string): LineFinder {
  const lines = new Map<string, number[]>();
  for (const [i, line] of text.split('\n').entries()) {
    const header = /^\s*\[\[\s*([\w.-]+)\s*\]\]/.exec(line)?.[1];
    if (header) push(lines, header, i + 1);
  }
  return path => {
    const index = path.findLastIndex(part => typeof part === 'number');
    const name = path
      .slice(0, Math.max(index, 0))
      .filter(part => typeof part === 'string')
      .join('.');
    return lines.get(name)?.[Number(path[index])] ?? 1;
  };
}
