import type { DifferencePart } from '../../contract/documents/difference.ts';
import { AssayError, type TaskOptions } from '../base/index.ts';
import type { Alignment } from './align.ts';
import type { Bytes } from './bytes.ts';
import {
  EXPLAIN_LIMITS,
  type Explaining,
  type ExplainLimits,
  isSame,
  type Pair,
  part,
  wholePlace,
} from './explanation.ts';
import { explainAr, looksAr } from './kinds/ar.ts';
import { compressedWith, explainCompressed } from './kinds/compressed.ts';
import { explainElf, looksElf } from './kinds/elf.ts';
import { rawAccount } from './kinds/raw.ts';
import { explainTar, looksTar } from './kinds/tar.ts';
import { explainText, textOf } from './kinds/text.ts';

/**
 * What the difference of two files is about: which part of which format it lies in, files within files up to a depth, and what the
 * bytes that differ look like. Null when they are the same. What was not looked into says so, and why. `aligned` is the alignment of
 * both, where it was made before. Throws `task.stopped`.
 */
export async function explainDifference(
  a: Bytes,
  b: Bytes,
  options: TaskOptions = {},
  limits: ExplainLimits = EXPLAIN_LIMITS,
  aligned: Alignment | null = null,
): Promise<DifferencePart | null> {
  if (isSame(a, b)) return null;
  const work: Explaining = {
    limits,
    options,
    left: limits.allParts,
    aligned,
    inside: pair => explainPair(pair, work),
  };
  return explainPair({ a, b, at: { a: 0, b: 0 }, depth: 0 }, work);
}

async function explainPair(pair: Pair, work: Explaining): Promise<DifferencePart> {
  if (pair.depth > work.limits.depth) return byBytes(pair, work, 'too many files within files');
  try {
    const explained = await byFormat(pair, work);
    return typeof explained === 'string' || explained === null ? byBytes(pair, work, explained) : explained;
  } catch (error) {
    if (!(error instanceof AssayError) || error.kind !== 'input') throw error;
    return byBytes(pair, work, `its format could not be read: ${error.message}`);
  }
}

/** Explains by the format that both have. Null when no format is known; a text when it says why the format did not help. */
async function byFormat(pair: Pair, work: Explaining): Promise<DifferencePart | string | null> {
  const [p, q] = [formatOf(pair.a), formatOf(pair.b)];
  if (p?.name !== q?.name)
    return `the first is ${p?.words ?? 'of no known format'}, the second ${q?.words ?? 'of no known format'}`;
  if (!p) return byText(pair, work);
  if (p.name === 'elf' && Math.max(pair.a.size, pair.b.size) > work.limits.whole)
    return `ELF files above ${work.limits.whole >> 20} MiB are only compared byte by byte`;
  return p.explain(pair, work);
}

function byText(pair: Pair, work: Explaining): DifferencePart | string | null {
  const [p, q] = [textOf(pair.a, work.limits.text), textOf(pair.b, work.limits.text)];
  if (p === null || q === null) return null;
  return explainText(p, q, pair, work) ?? 'so many lines differ that they were compared byte by byte';
}

interface Format {
  readonly name: string;
  readonly words: string;
  readonly explain: (pair: Pair, work: Explaining) => Promise<DifferencePart>;
}

function formatOf(bytes: Bytes): Format | null {
  const start = bytes.read(0, 512);
  if (looksElf(start)) return { name: 'elf', words: 'an ELF file', explain: explainElf };
  if (looksAr(start)) return { name: 'ar', words: 'an ar archive', explain: explainAr };
  if (looksTar(start)) return { name: 'tar', words: 'a tar archive', explain: explainTar };
  const compression = compressedWith(start);
  if (!compression) return null;
  return {
    name: compression,
    words: `compressed with ${compression}`,
    explain: (pair, work) => explainCompressed(compression, pair, work),
  };
}

async function byBytes(pair: Pair, work: Explaining, notAnalysed: string | null): Promise<DifferencePart> {
  const { says, looks, parts } = await rawAccount(pair, work);
  return part('content', 'Bytes', says, { ...wholePlace(pair), looks, parts, notAnalysed });
}
