import type { Exhibited } from '../case/index.ts';
import { rangeText } from '../seed/index.ts';
import { type Basis, published, publishedMet } from './basis.ts';

/** `3 files`, `1 file`, `1,110 files`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** The verdict as a sentence. */
export function headline(basis: Basis): string {
  const { counts, closure } = basis;
  if (basis.verdict === 'reproduced') {
    if (counts.unexpected === 0) return 'Reproduced';
    return `Reproduced, with ${plural(counts.unexpected, 'file')} nobody can compare`;
  }
  if (!basis.completed) return 'Not reproduced: the replay did not reach its end';
  if (counts.differs + counts.waived > 0)
    return `Not reproduced: ${plural(counts.differs + counts.waived, 'file')} ${counts.differs + counts.waived === 1 ? 'differs' : 'differ'}`;
  if (counts.missing > 0) return `Not reproduced: ${plural(counts.missing, 'file is', 'files are')} missing`;
  if (closure.state === 'broken') return 'Not reproduced: trust closure is broken';
  if (basis.seeds.some(seed => !seed.matches)) return 'Not reproduced: a seed is not the published one';
  if (closure.state === 'not-observed') return 'Not proved: nobody observed which programs ran';
  if (published(basis) === 0) return 'Not proved: nobody published a hash to compare with';
  return 'Not reproduced';
}

/** Two or three sentences under the headline. */
export function explanation(basis: Basis): string {
  const { kit, seeds } = basis;
  const bytes = seeds.reduce((sum, seed) => sum + seed.seed.size, 0);
  const from =
    seeds.length === 1
      ? `one seed of ${plural(bytes, 'byte')}`
      : `${seeds.length} seeds of together ${plural(bytes, 'byte')}`;
  const all = published(basis);
  const met = publishedMet(basis);
  const made =
    all === 0
      ? `Nobody published a hash for a file of ${kit.title} ${kit.version}.`
      : met === all
        ? `All ${plural(all, 'published file')} of ${kit.title} ${kit.version} were rebuilt, bit for bit, from ${from}.`
        : `${met} of ${plural(all, 'published file')} of ${kit.title} ${kit.version} were rebuilt, bit for bit, from ${from}.`;
  const review = reviewSentence(basis.seedReview);
  return made + review;
}

function reviewSentence({ bytes, explainedBytes, byTwoBytes }: Basis['seedReview']): string {
  if (explainedBytes === 0)
    return ' No person has reviewed the seed: this proves the replay, not the review.';
  if (explainedBytes < bytes)
    return ` People explained ${explainedBytes.toLocaleString('en-US')} of ${plural(bytes, 'seed byte')}.`;
  const second = byTwoBytes === bytes ? ', and by a second one' : '';
  return ` Every seed byte was explained by a person${second}.`;
}

/** A piece of evidence beside a finding, in words: `step 4 of replay 1`, `src/a.c, line 3`, `bytes 0x10 to 0x1f of seed/seed`. */
export function exhibitText(exhibit: Exhibited): string {
  switch (exhibit.kind) {
    case 'step':
      return `step ${exhibit.number} of replay ${exhibit.replay}, ${exhibit.step}`;
    case 'file':
    case 'artifact':
      return `${exhibit.path}${exhibit.line === null ? '' : `, line ${exhibit.line}`}, sha256 ${exhibit.sha256}`;
    case 'bytes':
      return `bytes ${rangeText(exhibit.range)} of ${exhibit.path}, sha256 ${exhibit.sha256}`;
  }
}
