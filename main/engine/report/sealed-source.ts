import { z } from 'zod';
import { canonicalJson, inputError } from '../base/index.ts';
import { type BundleEntry, ENTRY_KINDS, ENTRY_TYPES, readEvents } from '../case/index.ts';
import { FILES } from './files.ts';
import type { ReportFiles } from './seal/index.ts';
import type { EvidenceSource } from './source.ts';

const entrySchema: z.ZodType<BundleEntry> = z.strictObject({
  path: z.string().min(1).max(4096),
  type: z.enum(ENTRY_TYPES),
  mode: z.int().min(0).max(0o777),
  size: z.int().min(0),
  offset: z.int().min(0),
  sha256: z.nullable(z.string().regex(/^[0-9a-f]{64}$/)),
  target: z.nullable(z.string()),
  kind: z.enum(ENTRY_KINDS),
  flags: z.array(z.string()),
});

/** The most lines of the index of a bundle that are read. */
const INDEX_LIMIT = 1_000_000;
/** The largest index or event log that is read, in bytes. */
const LINES_LIMIT = 512 << 20;

/** A sealed report as a source of evidence, and what is wrong with its log. */
export interface SealedSource extends EvidenceSource {
  /** How many files the index has. */
  readonly files: number;
  /** Null when the event log is whole. */
  readonly logProblem: string | null;
}

/** Opens the evidence inside a report. Throws `report.no-file` or `evidence.invalid`. */
export function sealedSource(report: ReportFiles): SealedSource {
  const names = new Map([...report.entries.values()].map(entry => [entry.sha256, entry.name]));
  const { events, broken } = readEvents(linesOf(report, FILES.events));
  const index = new Map<string, BundleEntry>();
  for (const [i, line] of linesOf(report, FILES.index).entries()) {
    if (i >= INDEX_LIMIT) throw invalid(`has more than ${INDEX_LIMIT} lines`, i);
    const entry = parseEntry(line, i + 1);
    if (index.has(entry.path)) throw invalid('names an entry twice', i + 1);
    index.set(entry.path, entry);
  }
  return {
    events,
    entry: path => index.get(path),
    object(sha256) {
      const name = names.get(sha256);
      if (name === undefined)
        throw inputError('evidence.missing', 'the report lacks a file that its event log names', {
          entry: sha256,
        });
      return report.read(name);
    },
    entries: () => index.values(),
    files: [...index.values()].filter(entry => entry.type === 'file').length,
    logProblem: broken && `event ${broken.seq} ${broken.problem}`,
  };
}

function parseEntry(line: string, number: number): BundleEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw invalid('is not JSON', number);
  }
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success || canonicalJson(parsed.data) !== line)
    throw invalid('is not an entry in canonical form', number);
  return parsed.data;
}

function invalid(problem: string, line: number) {
  return inputError('evidence.invalid', `the index of the bundle ${problem}`, { entry: FILES.index, line });
}

/** The lines of a file that ends with a line feed. */
function linesOf(report: ReportFiles, name: string): string[] {
  const lines = report.read(name, LINES_LIMIT).toString('utf8').split('\n');
  if (lines.pop() !== '') throw inputError('evidence.invalid', 'the last line is cut off', { entry: name });
  return lines;
}
