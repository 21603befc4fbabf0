/** What the invented people of the pictures say. */
import type { Input } from '../main/contract/requests/index.ts';

/** Paths of the bundle that were read. */
export const REVIEWED = ['src/hex0.hex0', 'src/hex1.hex0', 'seed/hex0-seed', 'bedrock.sha256'];

const HEX0 = 'src/hex0.hex0';
export const COMMENTS: readonly Input<'bundle.comment'>[] = [
  { path: HEX0, line: 8, text: 'Typed in by hand on a second machine: the same 276 bytes, the same hash.' },
  {
    path: HEX0,
    line: 18,
    text: 'Tried with a carriage return and with an odd number of digits: status 1 both times, as it says here.',
  },
];

/** A routine of the seed: where it lies and what it does. */
const routine = (label: string, offset: number, length: number, note: string) => ({
  kind: 'explained' as const,
  label,
  note,
  group: null,
  ranges: [{ offset, length }],
});

export const ANNOTATIONS: readonly Input<'seed.annotate'>['content'][] = [
  routine('Argument count', 0x78, 6, 'Exactly three, or fail.'),
  routine('Open IN for reading', 0x7e, 15, 'System call 2. A negative result goes to fail.'),
  routine('Create OUT with mode 755', 0x8d, 22, 'System call 2 again, by way of the stack.'),
  routine('Pair of digits is empty', 0xa9, 2, ''),
  routine('Next character', 0xab, 25, 'Blank, newline and tab mean nothing; # and ; start a comment.'),
  routine('Value of a digit', 0xc4, 16, 'Anything that is no digit goes to fail.'),
  routine('Two digits make a byte', 0xd4, 23, 'Pushed in from the right until the 1 arrives in bh.'),
  {
    ...routine('Mode 755', 0x93, 5, 'Everybody may run what it writes. Is that needed for data too?'),
    kind: 'question',
  },
];

/** What was left at first: with it every byte is explained. */
export const REST: readonly Input<'seed.annotate'>['content'][] = [
  routine('Registers for one-byte reads and writes', 0xa3, 6, ''),
  routine('End of IN', 0xeb, 8, 'Status 0 only when no digit is left over.'),
  routine('Exit', 0xf3, 8, 'System call 60, the only way out.'),
  routine('Skip a comment', 0xfb, 11, ''),
  routine('Read one character', 0x106, 14, 'System call 0. At the end of IN it goes to the end.'),
];

export const FINDINGS: readonly Input<'findings.raise'>[] = [
  {
    severity: 'low',
    message: 'hex0 makes OUT before it has checked IN: after status 1 an incomplete file stays behind',
    where: HEX0,
  },
  {
    severity: 'note',
    message:
      'kaem-seed is a program in the bundle that no step of a stepped replay starts: an unaided replay does',
    where: 'seed/kaem-seed',
  },
];

export const SCOPE =
  'The chain of Bedrock 1.0.0 for Linux amd64, from hex0-seed to the assembled tools. Hardware and kernel of the audit machine are outside this audit.';
