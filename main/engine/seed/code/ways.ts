import type { Processor } from '../structure/index.ts';
import { armOperands, armRead, listOf } from './arm-effects.ts';
import type { Decoded } from './capstone.ts';
import { operandsOf } from './operands.ts';
import { heldIn, loaded, type Place, type State, withRegisters } from './state.ts';
import { combine, constant, UNKNOWN, type Value } from './value.ts';
import type { X86Effects } from './x86-effects.ts';

/** Where an instruction leads that a register or memory decides, and the state there. */
export interface Way {
  readonly target: Value;
  readonly state: State;
}

/** What decides where a jump, a call or a return leads that has no target of its own. */
export function wayOf(
  state: State,
  decoded: Decoded,
  machine: Processor,
  place: Place,
  x86: X86Effects,
): Way {
  if (machine === 'aarch64' || machine === 'arm') return armWay(state, decoded, place);
  if (machine === 'riscv32' || machine === 'riscv64') return { target: riscvTarget(state, decoded), state };
  if (!/^(repz? )?ret$/.test(decoded.mnemonic)) {
    const near = /^(jmp|call)$/.test(decoded.mnemonic);
    return { target: near ? x86.read(state, decoded.operands, place) : UNKNOWN, state };
  }
  const more = Number(decoded.operands || 0);
  const popped = x86.popped(state, place, more);
  return { target: popped.value, state: popped.state };
}

function armWay(state: State, decoded: Decoded, place: Place): Way {
  const { mnemonic } = decoded;
  const operands = armOperands(decoded);
  if (place.word === 8) {
    const [register = 'x30'] = operands;
    return { target: mnemonic === 'eret' ? UNKNOWN : armRead(state, register || 'x30', 8), state };
  }
  if (mnemonic === 'bx') return { target: armRead(state, operands[0] ?? '', 4), state };
  if (mnemonic === 'mov') return { target: armRead(state, operands[1] ?? '', 4), state };
  if (mnemonic !== 'pop') return { target: UNKNOWN, state };
  const registers = listOf(decoded);
  const sp = heldIn(state, 'sp');
  const word = (i: number) => loaded(state, combine('add', sp, constant(BigInt(4 * i))), 4, place);
  const changes = registers.map((name, i) => [name, word(i)] as const).filter(([name]) => name !== 'pc');
  const after = combine('add', sp, constant(BigInt(4 * registers.length)));
  return { target: word(registers.indexOf('pc')), state: withRegisters(state, [...changes, ['sp', after]]) };
}

/** `jr t0`, `jalr t0`, `jalr ra, t0, 4`, `ret`. */
function riscvTarget(state: State, decoded: Decoded): Value {
  const plain = decoded.mnemonic.replace(/^c\./, '');
  const operands = operandsOf(decoded);
  if (plain === 'ret') return heldIn(state, 'ra');
  if (operands.length === 1 && /^\w+$/.test(operands[0] ?? '')) return heldIn(state, operands[0] ?? '');
  const [, base = '', distance = '0'] = operands;
  if (plain !== 'jalr' || !/^\w+$/.test(base) || !/^-?(0x[0-9a-f]+|\d+)$/.test(distance)) return UNKNOWN;
  const sign = distance.startsWith('-') ? 'sub' : 'add';
  const sum = combine(sign, heldIn(state, base), constant(BigInt(distance.replace('-', ''))));
  return combine('and', sum, constant(~1n));
}

/** The register that a call of a RISC machine leaves the place to come back to in. */
export function linkOf({ mnemonic, operands }: Decoded, machine: Processor, usual: string): string {
  if (!machine.startsWith('riscv')) return usual;
  const all = operands.split(', ');
  return /^(jal|jalr)$/.test(mnemonic) && all.length > 1 ? (all[0] ?? usual) : usual;
}
