import type { CompareDocument } from '../../../main/contract/documents.ts';

interface Cell {
  readonly at: number;
  readonly column: number | null;
}

interface Size {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
}

/** Where a key leads from a cell; null for a key that moves nowhere. A column of null is the row itself. */
export function movedCell(
  { key, ctrlKey, altKey }: { readonly key: string; readonly ctrlKey: boolean; readonly altKey: boolean },
  { at, column }: Cell,
  { rows, columns, page }: Size,
): Cell | null {
  if (altKey || rows === 0) return null;
  const row = (to: number) => ({ at: Math.max(0, Math.min(rows - 1, to)), column });
  const cell = (to: number) => ({ at: Math.max(0, at), column: to < 0 ? null : Math.min(columns - 1, to) });
  const moves: Record<string, () => Cell> = {
    ArrowDown: () => row(at + 1),
    ArrowUp: () => row(at - 1),
    PageDown: () => row(at + page),
    PageUp: () => row(at - page),
    ArrowRight: () => cell((column ?? -1) + 1),
    ArrowLeft: () => cell((column ?? 0) - 1),
    Home: () => (ctrlKey ? row(0) : cell(-1)),
    End: () => (ctrlKey ? row(rows - 1) : cell(columns - 1)),
  };
  return moves[key]?.() ?? null;
}

/** Artifacts with all hashes as tab-separated values; one of them, or all. */
export function asText({ reports, artifacts }: CompareDocument, path: string | null): string {
  const plain = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ');
  const head = ['Step', 'Artifact', 'Expected', ...reports.map(report => plain(report.name))];
  const rows = artifacts
    .filter(row => path === null || row.path === path)
    .map(row => [row.step ?? '', plain(row.path), row.expected ?? '', ...row.hashes.map(hash => hash ?? '')]);
  return [head, ...rows].map(values => values.join('\t')).join('\n');
}
