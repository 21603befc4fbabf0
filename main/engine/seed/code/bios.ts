import { numberOf } from './operands.ts';
import { heldIn, type State } from './state.ts';
import { type SystemCall, UNKNOWN_CALL } from './syscalls.ts';
import { low, numberIn, partOf, START } from './value.ts';

/** Services of a PC's firmware that boot sectors use, by interrupt and the number in `ah`. */
const SERVICES: Readonly<Record<string, string>> = {
  '10 00': 'video: set mode',
  '10 02': 'video: set cursor position',
  '10 03': 'video: get cursor position',
  '10 06': 'video: scroll up',
  '10 0e': 'video: write character',
  '10 0f': 'video: get mode',
  '10 13': 'video: write string',
  '13 00': 'disk: reset',
  '13 02': 'disk: read sectors',
  '13 03': 'disk: write sectors',
  '13 08': 'disk: get parameters',
  '13 41': 'disk: check extensions',
  '13 42': 'disk: read sectors by block number',
  '13 43': 'disk: write sectors by block number',
  '14 00': 'serial: initialise',
  '14 01': 'serial: send character',
  '14 02': 'serial: receive character',
  '15 24': 'system: address line 20',
  '15 86': 'system: wait',
  '15 87': 'system: copy extended memory',
  '15 88': 'system: extended memory size',
  '15 e8': 'system: memory map',
  '16 00': 'keyboard: read',
  '16 01': 'keyboard: look',
  '16 02': 'keyboard: shift state',
  '1a 00': 'clock: read ticks',
};
/** Interrupts that mean one thing, whatever `ah` holds. */
const WHOLE: Readonly<Record<string, string>> = {
  '11': 'equipment list',
  '12': 'memory size',
  '18': 'no boot device',
  '19': 'boot again',
};

/** The firmware's service that an interrupt of real mode asks for. */
export function biosCall(state: State, operands: string): SystemCall {
  const interrupt = numberOf(operands).toString(16).padStart(2, '0');
  const whole = WHOLE[interrupt];
  if (whole) return { ...UNKNOWN_CALL, number: Number(`0x${interrupt}`), name: whole };
  const ax = heldIn(state, 'ax');
  const ah = numberIn(
    partOf(ax, low(8), 8n, () => false),
    8,
  );
  if (ah === null) return UNKNOWN_CALL;
  const name = SERVICES[`${interrupt} ${ah.toString(16).padStart(2, '0')}`] ?? null;
  return { ...UNKNOWN_CALL, number: Number(ah), name, rests: ax.from.filter(each => each !== START) };
}
