import type { ConditionKind } from './state.ts';
import type { SystemCall } from './syscalls.ts';
import { RESTS } from './value.ts';

/** Something that was not shown and on which what is said of a call rests. */
export interface CallCondition {
  readonly kind: ConditionKind;
  /** Offsets of the instructions that it is about; not all of them when `more`. */
  readonly at: readonly number[];
  readonly more: boolean;
  /** It in words, to stand behind "if". */
  readonly text: string;
}

const WORDS: Readonly<Record<ConditionKind, (places: string) => string>> = {
  store: at => `what ${at} writes, nobody knows where, lies neither in the program's stack nor in its file`,
  return: at => `the return at ${at} leads behind the call that it belongs to`,
  call: at => `what is asked for at ${at} changes neither code nor where control goes`,
  outside: at => `nothing comes back in from outside the file, where ${at} leads`,
  from: at => `control comes here from ${at} alone`,
};
/** Places that a sentence names. */
const NAMED = 4;

/** What has to hold for what is said of a call, each in words. */
export function conditionsOf({ conditions }: SystemCall): CallCondition[] {
  return (Object.entries(conditions) as [ConditionKind, readonly number[]][])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, all]) => {
      const [at, more] = [all.slice(0, RESTS), all.length > RESTS];
      return { kind, at, more, text: WORDS[kind](placesText(at, more, NAMED)) };
    });
}

/** What number and arguments of a call rest on, in one line: `number from 0x99, 0x9a; fd from 0x80`; empty when nothing is known. */
export function restsText({ rests, args, restsOnStart }: SystemCall): string {
  const from = (what: string, at: readonly number[]) =>
    at.length === 0 ? [] : [`${what} from ${placesText(at.slice(0, RESTS), at.length > RESTS, RESTS)}`];
  return [
    ...from('number', rests),
    ...args.flatMap(arg => from(arg.name, arg.rests)),
    ...(restsOnStart ? ['registers are zero when Linux starts a program'] : []),
  ].join('; ');
}

function placesText(at: readonly number[], more: boolean, most: number): string {
  const named = at.slice(0, most).map(each => `0x${each.toString(16)}`);
  const left = at.length - named.length;
  const others = left > 0 || more ? [`${left > 0 && !more ? left : 'many'} more`] : [];
  return [...named, ...others].join(', ');
}
