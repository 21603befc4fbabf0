import {
  definitionsFor,
  type ReadsCode,
  readSeedCode,
  type SeedCode,
  seedCodeAnswer,
  seedQuestionsAnswer,
} from '../../audit/index.ts';
import type { EventOf } from '../../case/index.ts';
import { seedIn } from '../../review/index.ts';
import { aside } from '../aside/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Files of more bytes than this are read in a thread: starting one takes as long as reading so much. */
const LARGE = 64 << 10;
const inThread: ReadsCode = (bytes, options) => aside('disassemble', { bytes, options }, {});

/** Parts of code that are kept: a page looks at one seed, and at two when it compares. */
const KEPT = 4;

/** Parts of code that were read, the newest last. What a seed's bytes and source say never changes. */
const read = new Map<string, Promise<SeedCode>>();

/** Methods about the instructions of seeds. */
export const seedCodeHandlers: Handlers<'seed.code' | 'seed.questions'> = {
  async 'seed.code'({ seed, offset, limit }, { session }) {
    const checked = seedIn(session.theCase(), seed);
    return seedCodeAnswer(checked, await codeAt(session, checked, offset), offset, limit);
  },
  async 'seed.questions'({ seed }, { session }) {
    const checked = seedIn(session.theCase(), seed);
    const code = await codeAt(session, checked, 0);
    return seedQuestionsAnswer(checked, code, await definitionsFor(session.theCase(), code.image.machine));
  },
};

async function codeAt(session: Session, seed: EventOf<'seed-checked'>, offset: number): Promise<SeedCode> {
  const about = `${seed.seed.sha256} ${seed.source?.assembles ? seed.source.sha256 : ''}`;
  for (const [key, code] of read) {
    if (key.startsWith(about) && holds(await code, offset)) return code;
  }
  const key = `${about} ${offset}`;
  const reads = seed.seed.size > LARGE ? inThread : undefined;
  const code = readSeedCode(session.theCase(), seed, offset, reads);
  read.set(key, code);
  const [oldest] = read.keys();
  if (read.size > KEPT && oldest !== undefined) read.delete(oldest);
  try {
    return await code;
  } catch (error) {
    read.delete(key);
    throw error;
  }
}

/** Whether a part that was read is the one that holds an offset. */
function holds({ listing }: SeedCode, offset: number): boolean {
  if (!listing) return true;
  const [first] = listing.rows;
  return (
    (listing.previous === null || offset >= (first?.offset ?? 0)) &&
    (listing.next === null || offset < listing.next)
  );
}
