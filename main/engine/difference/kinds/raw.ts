import type { DifferencePart } from '../../../contract/documents/difference.ts';
import type { Alignment } from '../align.ts';
import {
  alignPart,
  amount,
  counted,
  distinctLooks,
  type Explaining,
  type Pair,
  PartList,
  part,
  placed,
} from '../explanation.ts';
import { looksOf } from '../looks.ts';
import type { Run } from '../runs.ts';

/** Places listed of contents that nothing more is known of. */
const PLACES = 12;
/** Runs whose bytes are looked at. */
const LOOKED_AT = 200;

/** What is said of two contents byte by byte: how much differs, where first, and what the bytes look like. */
export interface RawAccount extends Pick<DifferencePart, 'says' | 'looks' | 'parts'> {
  readonly alignment: Alignment;
}

/**
 * Compares two contents byte by byte. `origin` is what offsets are counted from: where the section began that this is of. `nameOf` may
 * say what else a place is called.
 */
export async function rawAccount(
  pair: Pair,
  work: Explaining,
  origin = 0,
  nameOf: (run: Run) => string | null = () => null,
): Promise<RawAccount> {
  const alignment = await alignPart(pair, work);
  const runs = alignment.runs.filter(run => run.kind !== 'equal');
  const looked = runs.slice(0, LOOKED_AT).map(run => ({ run, look: looksOf(pair.a, pair.b, run) }));
  const list = new PartList(work, PLACES);
  for (const run of runs) {
    const look = looked.find(each => each.run === run)?.look;
    await list.add(() => {
      const name = nameOf(run);
      const title = `${offsetText(run.a + origin)}${name === null ? '' : `, ${name}`}`;
      return part('place', title, runText(run), {
        ...placed(pair, { offset: run.a, length: run.aLength }, { offset: run.b, length: run.bLength }),
        looks: look ? [look] : [],
      });
    });
  }
  const looks = distinctLooks(looked.flatMap(({ look }) => (look ? [look] : [])));
  return { alignment, says: amount(alignment), looks, parts: list.parts };
}

/** An offset within something: `+0x12D5`. */
export function offsetText(offset: number): string {
  return `+0x${offset.toString(16).toUpperCase()}`;
}

function runText({ kind, aLength, bLength, differing }: Run): string {
  if (kind === 'changed') return `${counted(differing, 'byte')} changed`;
  if (kind === 'inserted') return `${counted(bLength, 'byte')} only in the second`;
  if (kind === 'deleted') return `${counted(aLength, 'byte')} only in the first`;
  return `${counted(aLength, 'byte')} beside ${counted(bLength, 'byte')}, not aligned beyond here: too much differs`;
}
