import type { Command } from 'commander';
import {
  type BytePattern,
  type Content,
  checkedContents,
  findBytes,
  hexPattern,
  inputError,
  measureBytes,
  openCase,
  storedObject,
  type TaskOptions,
  textPattern,
} from '../../engine/index.ts';
import { foundText, measureText } from '../bundle-text.ts';
import type { CommonOptions } from '../common.ts';
import { oneSeed } from '../one-seed.ts';
import { makeOutput, type Output } from '../output.ts';
import { offsetOf, rangeOf } from '../ranges.ts';
import { stopOnSignals } from '../tasks.ts';

const CASE = ['<case>', 'folder of the case'] as const;
const SEED = ['--seed <name>', 'name of the seed; may be left out when there is one'] as const;

/** `assay seed find` and `assay seed measure`: questions to the bytes of a seed. They change nothing. */
export function seedBytesCommands(seed: Command): void {
  seed
    .command('find')
    .description('find bytes in a seed, or a text with --text; every place, also where places overlap')
    .argument(...CASE)
    .argument('<pattern>', "hexadecimal, ? for any digit: '48 8? ?? C3'")
    .option('--text', 'the pattern is a text, in UTF-8')
    .option('--utf16', 'the pattern is a text, in little-endian UTF-16')
    .option('--ignore-case', 'with --text or --utf16: capital or small letters of ASCII')
    .option('--from <offset>', 'only places from here on; with --back up to here')
    .option('--back', 'the last place first')
    .option('--limit <places>', 'how many places are listed; more are counted, up to a million', '1000')
    .option(...SEED)
    .action(find);
  seed
    .command('measure')
    .description('say the sha256, the zeros and the entropy of bytes of a seed')
    .argument(...CASE)
    .option('--range <range>', 'bytes: 0x0-0x3f with the last one, or 0x40+16; by default all')
    .option(...SEED)
    .action(measure);
}

interface FindOptions extends CommonOptions {
  readonly text?: boolean;
  readonly utf16?: boolean;
  readonly ignoreCase?: boolean;
  readonly from?: string;
  readonly back?: boolean;
  readonly limit: string;
  readonly seed?: string;
}

async function find(folder: string, text: string, options: FindOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const pattern = patternOf(text, options);
  const limit = offsetOf(options.limit);
  const from = options.from === undefined ? {} : { from: offsetOf(options.from) };
  const direction = options.back ? ('previous' as const) : ('next' as const);
  await look(folder, options.seed, output, async (content, seed, task) => {
    const found = await findBytes(content, pattern, { ...task, ...from, direction, limit, count: true });
    output.result({ ...seed, ...found, offsets: [...found.offsets] }, () => foundText(found));
    process.exitCode = found.total > 0 ? 0 : 1;
  });
}

function patternOf(text: string, { text: utf8, utf16, ignoreCase = false }: FindOptions): BytePattern {
  if (utf8 && utf16) throw inputError('usage.search', 'a text is in UTF-8 or in UTF-16, not in both');
  if (utf8) return textPattern(text, ignoreCase);
  if (utf16) return textPattern(text, ignoreCase, 'utf-16le');
  if (ignoreCase) throw inputError('usage.search', '--ignore-case is for texts: add --text or --utf16');
  return hexPattern(text);
}

async function measure(folder: string, options: CommonOptions & { range?: string; seed?: string }) {
  const output = makeOutput(options.json ?? false);
  const range = options.range === undefined ? null : rangeOf(options.range);
  await look(folder, options.seed, output, async (content, seed, task) => {
    const { offset, length } = range ?? { offset: 0, length: content.size };
    if (offset + length > content.size)
      throw inputError('usage.range', `the seed ends after ${content.size} bytes`);
    const measured = await measureBytes(content, offset, length, task);
    output.result({ ...seed, offset, ...measured }, () => measureText(measured));
  });
}

/** Opens a seed of a case that is only looked at, its bytes checked against their sha256. */
async function look(
  folder: string,
  name: string | undefined,
  output: Output,
  see: (content: Content, seed: { name: string; seed: string }, task: TaskOptions) => Promise<void>,
): Promise<void> {
  const task = { signal: stopOnSignals(output.note), onProgress: output.onProgress };
  using theCase = openCase(folder, { readonly: true });
  const seed = oneSeed(theCase, name);
  const { sha256 } = seed.seed;
  using content = await checkedContents(theCase.objects).open(storedObject(theCase.objects, sha256), task);
  await see(content, { name: seed.name, seed: sha256 }, task);
}
