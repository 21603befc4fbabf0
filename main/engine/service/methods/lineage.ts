import type { Output } from '../../../contract/requests/index.ts';
import { type CameToBe, cameToBe, knownFiles, tookPart } from '../../audit/index.ts';
import { type Lineage, lineageDot, lineageOf, lineageText } from '../../verdict/index.ts';
import type { Handlers } from '../handler.ts';
import { pastIn } from '../past.ts';

/** Most characters of a lineage that are given to be copied. */
const TEXT_LIMIT = 8 << 20;

/** Methods about where files came from. */
export const lineageHandlers: Handlers<
  'chain.lineage' | 'chain.came-to-be' | 'chain.took-part' | 'chain.lineage-text'
> = {
  'chain.lineage'({ path, replay }, { session }) {
    const judged = session.chain().judged(replay);
    return judged && lineageAnswer(lineageOf(path, judged.evidence.evidence));
  },
  'chain.came-to-be'({ path, replay, before }, { session }) {
    const past = pastIn(session, replay);
    return past && cameToBeAnswer(cameToBe(path, past, before));
  },
  'chain.took-part'({ step, replay }, { session }) {
    const past = pastIn(session, replay);
    if (!past) return { files: [], total: 0 };
    const { files, total } = tookPart(step, past);
    return { files: files.map(file => ({ ...file, reviewers: [...file.reviewers] })), total };
  },
  'chain.lineage-text'({ path, replay, form }, { session }) {
    const past = pastIn(session, replay);
    const lineage = past && lineageOf(path, past.evidence.evidence);
    if (!past || !lineage) return { text: '', cut: false };
    const file = knownFiles(past);
    const text =
      form === 'dot'
        ? lineageDot(lineage)
        : lineageText(lineage, node => {
            const { kind, reviewers } = file(node);
            if (kind !== 'source') return '';
            return reviewers.length === 0 ? '  not reviewed' : `  reviewed by ${reviewers.join(', ')}`;
          });
    return { text: text.slice(0, TEXT_LIMIT), cut: text.length > TEXT_LIMIT };
  },
};

function lineageAnswer(lineage: Lineage | null): Output<'chain.lineage'> {
  return lineage && { target: lineage.target, nodes: [...lineage.nodes], edges: [...lineage.edges] };
}

function cameToBeAnswer(found: CameToBe | null): Output<'chain.came-to-be'> {
  if (!found) return null;
  return {
    ...found,
    spine: found.spine.map(file => ({ ...file, reviewers: [...file.reviewers] })),
    sources: { ...found.sources, notReviewed: [...found.sources.notReviewed] },
    seeds: [...found.seeds],
    strangers: [...found.strangers],
  };
}
