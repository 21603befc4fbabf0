import { type Case, type EventOf, seedIn } from '../engine/index.ts';

/** The seed of this name; the only one where no name was given. Throws `seed.not-checked`. */
export function oneSeed(theCase: Case, name: string | undefined): EventOf<'seed-checked'> {
  const names = [...new Set(theCase.log.of('seed-checked').map(seed => seed.name))];
  return seedIn(theCase, name ?? (names.length === 1 ? (names[0] ?? '') : ''));
}
