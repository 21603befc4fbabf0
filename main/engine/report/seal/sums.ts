import type { Sha256 } from '../../base/index.ts';
import { byName, isReportName, SUMS } from './layout.ts';
import { PROBLEM_LIMIT, type Problem, visible } from './problem.ts';

/** A file's name and the sha256 of its content. */
export interface SumLine {
  readonly name: string;
  readonly sha256: Sha256;
}

/** The text of `SHA256SUMS`: `HASH  NAME` a line, sorted by the bytes of the name, as `sha256sum -c` reads it. */
export function sumsText(lines: readonly SumLine[]): string {
  return [...lines]
    .sort(byName)
    .map(line => `${line.sha256}  ${line.name}\n`)
    .join('');
}

/** Reads `SHA256SUMS` and says where it is not exactly what {@link sumsText} writes. */
export function parseSums(text: string): { lines: SumLine[]; problems: Problem[] } {
  const lines: SumLine[] = [];
  const problems: Problem[] = [];
  const rows = text.split('\n');
  const tell = (message: string, line: number) =>
    problems.push({ code: 'sums.malformed', where: { entry: SUMS, line }, message });
  if (rows.pop() !== '') tell('the last line does not end with a line feed', rows.length + 1);
  for (const [index, row] of rows.entries()) {
    if (problems.length >= PROBLEM_LIMIT) break;
    const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(row);
    const [sha256, name] = [match?.[1], match?.[2]];
    if (!sha256 || !name || !isReportName(name)) {
      tell(`this is not a hash and a name: ${visible(row)}`, index + 1);
      continue;
    }
    const previous = lines.at(-1);
    if (previous && previous.name >= name)
      tell('the names are not sorted or one stands there twice', index + 1);
    lines.push({ name, sha256 });
  }
  return { lines, problems };
}
