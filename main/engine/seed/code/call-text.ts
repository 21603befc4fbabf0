import { hasParameters } from './syscall-names.ts';
import type { SystemCall } from './syscalls.ts';

const FLAGS: readonly [number, string][] = [
  [0x40, 'O_CREAT'],
  [0x80, 'O_EXCL'],
  [0x200, 'O_TRUNC'],
  [0x400, 'O_APPEND'],
];

/** The flags of open and openat by name, as far as every machine has the same; null when others are among them. */
function openFlags(text: string): string | null {
  let left = Number(text);
  if (!Number.isInteger(left)) return null;
  const names = [['O_RDONLY', 'O_WRONLY', 'O_RDWR'][left & 3] ?? '3'];
  left &= ~3;
  for (const [bit, name] of FLAGS) {
    if (left & bit) names.push(name);
    left &= ~bit;
  }
  return left === 0 ? names.join('|') : null;
}

/** `openat(AT_FDCWD, argv[1], O_RDONLY, x3)`: an argument that is not known is named by its register. */
export function callText(call: SystemCall): string {
  const unless = call.unless.length === 0 ? '' : `, unless ${[...new Set(call.unless)].join(' or ')}`;
  return `${plainText(call)}${unless}`;
}

function plainText(call: SystemCall): string {
  if (call.name === null) return unnamedText(call);
  if (!hasParameters(call.name)) return call.name;
  const opens = call.name === 'open' || call.name === 'openat';
  const args = call.args.map(({ name, register, value }) => {
    if (value === null) return `${name} = ${register}`;
    return opens && name === 'flags' ? (openFlags(value) ?? value) : value;
  });
  return `${call.name}(${args.join(', ')})`;
}

function unnamedText({ number, part, oneOf, withheld }: SystemCall): string {
  if (withheld !== null) return `number not known: ${withheld}`;
  if (oneOf.length > 0)
    return oneOf
      .map(each => (each.name === null ? `${each.number}` : `${each.name} (${each.number})`))
      .join(' or ');
  if (number !== null) return `number ${number}, no name known`;
  return part === null ? 'number not known' : `number not known, its low byte is ${part}`;
}
