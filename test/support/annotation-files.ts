import { sha256Of } from '../../main/engine/base/index.ts';
import type { AnnotationFile } from '../../main/engine/review/index.ts';

/** One annotation of a made file. */
export interface Said {
  readonly label: string;
  readonly offset: number;
  readonly length: number;
  readonly group?: string;
}

/** A file of what Jon explained of a seed. */
export function fileOf(name: string, seed: Uint8Array, said: readonly Said[]): AnnotationFile {
  const bytes = Buffer.from(seed).toString('base64');
  return {
    format: 2,
    what: 'assay-annotations',
    seed: { name, size: seed.length, sha256: sha256Of(seed), bytes },
    annotations: said.map(({ label, offset, length, group = null }, i) => ({
      id: (i + 1).toString(16).padStart(12, '0'),
      by: 'Jon',
      at: '2026-11-24T11:15:00.000Z',
      ranges: [{ offset, length }],
      kind: 'explained' as const,
      ...{ label, note: 'as read', group, colour: null, content: null },
    })),
  };
}
