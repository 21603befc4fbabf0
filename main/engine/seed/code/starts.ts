import { FACTS } from './machine.ts';
import type { LoadedCode } from './pieces.ts';
import { atEntry, linuxStart, type State, withCondition } from './state.ts';

const PT_INTERP = 3;

/** What is known at the entry of a file and at a place that nothing is known to lead to. */
export interface Starts {
  readonly entry: State;
  /** At a place where somebody reads on from, on the condition that control comes there. */
  readonly at: (offset: number) => State;
}

/** What is known where a file begins to run. */
export function startsOf(bytes: Uint8Array, { format, machine }: LoadedCode): Starts {
  const { link, word, zeros } = FACTS[machine ?? 'amd64'];
  const anywhere = atEntry(link, word);
  const entry = format === 'elf' ? linuxStart(link, word, hasInterpreter(bytes) ? [] : zeros) : anywhere;
  return { entry, at: offset => withCondition(anywhere, 'from', offset) };
}

/** Whether another program is begun first, which leaves what it likes in the registers. */
function hasInterpreter(bytes: Uint8Array): boolean {
  if (bytes.length < 64) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [wide, little] = [bytes[4] === 2, bytes[5] !== 2];
  const place = wide ? Number(view.getBigUint64(32, little)) : view.getUint32(28, little);
  const each = view.getUint16(wide ? 54 : 42, little);
  const count = view.getUint16(wide ? 56 : 44, little);
  for (let i = 0; i < count; i += 1) {
    const at = place + i * each;
    if (at + 4 > bytes.length || view.getUint32(at, little) === PT_INTERP) return true;
  }
  return false;
}
