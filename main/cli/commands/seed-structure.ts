import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Command } from 'commander';
import type { BinaryStructureRow } from '../../contract/documents/structure.ts';
import {
  inputError,
  openCase,
  STRUCTURE_LIMIT,
  sha256Of,
  structureDocument,
  structureOf,
  systemCode,
} from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput } from '../output.ts';
import { structureText } from '../structure-text.ts';
import { SEED } from './seed-options.ts';

interface StructureOptions extends CommonOptions {
  readonly seed?: string;
  readonly file?: string;
  readonly notices?: boolean;
}

/** `assay seed structure`: what a seed's own format names in it, and what is unusual about that. */
export function structureCommand(seed: Command): void {
  seed
    .command('structure')
    .description('name the parts of a seed as its format does, and what is unusual about them')
    .argument('[case]', 'folder of the case; none with --file')
    .option(...SEED)
    .option('--file <path>', 'any file, without a case')
    .option('--notices', 'only the parts that something is said of')
    .action(printStructure);
}

function printStructure(folder: string | undefined, options: StructureOptions): void {
  const { name, bytes } = binaryOf(folder, options);
  const structure = structureDocument(structureOf(bytes));
  const nodes = options.notices ? withNotices(structure.nodes) : structure.nodes;
  const shown = { ...structure, nodes };
  const document = { name, sha256: sha256Of(bytes), size: bytes.length, ...shown };
  makeOutput(options.json ?? false).result(document, () => structureText(document));
  const problem = nodes.some(({ notices }) => notices.some(({ severity }) => severity === 'problem'));
  process.exitCode = problem ? 1 : 0;
}

/** Parts that something is said of, and what they are parts of. */
function withNotices(nodes: BinaryStructureRow['nodes']): BinaryStructureRow['nodes'] {
  const wanted = new Set<string>();
  for (const { id, parent, notices } of [...nodes].reverse()) {
    if (notices.length === 0 && !wanted.has(id)) continue;
    wanted.add(id);
    if (parent !== null) wanted.add(parent);
  }
  return nodes.filter(({ id }) => wanted.has(id));
}

function binaryOf(folder: string | undefined, options: StructureOptions): { name: string; bytes: Buffer } {
  if ((folder === undefined) === (options.file === undefined)) {
    throw inputError('usage.structure', 'name a case, or a file with --file', undefined, 'One of the two.');
  }
  if (options.file !== undefined) return { name: options.file, bytes: fileBytes(options.file) };
  using theCase = openCase(folder ?? '', { readonly: true });
  const { name, seed } = oneSeed(theCase, options.seed);
  return { name, bytes: theCase.objects.read(seed.sha256, STRUCTURE_LIMIT) };
}

/** All bytes of a file. Throws `file.unreadable` or `file.too-large`. */
function fileBytes(file: string): Buffer {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, 'r');
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw inputError('file.unreadable', 'this is no file', { file });
    if (status.size > STRUCTURE_LIMIT)
      throw inputError('file.too-large', `it has ${status.size} bytes, at most ${STRUCTURE_LIMIT} are read`, {
        file,
      });
    const bytes = Buffer.alloc(status.size);
    let at = 0;
    for (let read = 1; read > 0 && at < bytes.length; at += read)
      read = readSync(descriptor, bytes, at, bytes.length - at, at);
    return bytes.subarray(0, at);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw inputError('file.unreadable', `it cannot be read (${code})`, { file });
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
