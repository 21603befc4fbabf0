import type { MarkName } from '../../parts/Mark.tsx';
import type { NoticeSeverity } from './structure-model.ts';

/** How much a notice weighs, as mark and word. */
export const NOTICES: Record<NoticeSeverity, { readonly mark: MarkName; readonly word: string }> = {
  problem: { mark: 'failed', word: 'problem' },
  unusual: { mark: 'blocks', word: 'unusual' },
  note: { mark: 'none', word: 'note' },
};
