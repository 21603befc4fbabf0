import type { Definitions } from '../../source/index.ts';
import type { Agreement, Target } from './compare.ts';

/** A name of a place before a macro: `^~loop`, `$output`. */
const PLACE = /^\^?[!@$~%&]([^\s>]+)$/;

/**
 * Compares a claim that is the name of a macro, maybe behind the name of a place, with the bytes of an instruction: `SET_X0_TO_0`,
 * `^~loop RBRANCH`. A macro behind a place gives the bytes behind what leads there.
 */
export function definedAgreement(
  claim: string,
  bytes: string,
  definitions: Definitions,
  target: Target | null,
): Agreement {
  const words = claim.split(/\s+/);
  const name = words.pop() ?? '';
  const defined = definitions.get(name);
  const [first = '', ...more] = words;
  const place = PLACE.exec(first)?.[1];
  if (!defined || more.length > 0 || (first !== '' && place === undefined)) return 'not-comparable';
  if (place === undefined) return defined.includes(bytes) ? 'equal' : 'differs';
  if (!defined.some(each => bytes.endsWith(each) && each.length < bytes.length)) return 'differs';
  const offsets = target?.places.get(place);
  if (!target || !offsets) return 'not-comparable';
  return offsets.includes(target.offset) ? 'equal' : 'differs';
}
