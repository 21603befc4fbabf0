import { bodyAt, type ElfOptions, elfFile, packed } from './binaries.ts';

/** A dynamically linked program made by hand: what its tables hold. */
export interface DynamicElf {
  readonly bits: 32 | 64;
  readonly order: 'little' | 'big';
  readonly machine?: number;
  /** Tag and value; a text stands for its place in the texts. Tables and NULL are added. */
  readonly entries?: readonly (readonly [tag: number, value: number | string])[];
  /** Names of symbols after the empty first one: functions of section 1. */
  readonly symbols?: readonly string[];
  /** Type, number of the symbol, and the place that is changed. */
  readonly relocations?: readonly (readonly [type: number, symbol: number, place: number])[];
  /** Words of packed relocations. */
  readonly packed?: readonly (number | bigint)[];
  /** Whether there are section headers. */
  readonly sections?: boolean;
  readonly programs?: ElfOptions['programs'];
}

/** Where the whole file is loaded. */
export const BASE = 0x10000;

/** A file with dynamic section, symbols with hashes, relocations, packed ones, texts and a build id, all in one segment. */
export function dynamicElf(options: DynamicElf): Buffer {
  const { bits, order, entries = [], symbols = ['begin'], relocations = [], sections = true } = options;
  const word = bits / 8;
  const names = [
    '',
    ...symbols,
    ...entries.flatMap(([, value]) => (typeof value === 'string' ? [value] : [])),
  ];
  const texts = Buffer.from(`${names.join('\0')}\0`, 'latin1');
  const placeOf = (name: string) => (name === '' ? 0 : texts.indexOf(`\0${name}\0`, 0, 'latin1') + 1);
  const programs = [{ address: BASE, flags: 7 }, ...(options.programs ?? []), { type: 2 }];
  const start = bodyAt({ bits, programs });
  const symbolTable = Buffer.concat(
    ['', ...symbols].map(name => symbolOf(bits, order, placeOf(name), name === '' ? 0 : BASE + start)),
  );
  const hashes = packed(order, [
    [1, 4],
    [symbols.length + 1, 4],
    [0, 4],
    ...['', ...symbols].map(() => [0, 4] as const),
  ]);
  const changes = Buffer.concat(
    relocations.map(([type, symbol, place]) =>
      packed(order, [
        [place, word],
        [bits === 64 ? (BigInt(symbol) << 32n) | BigInt(type) : symbol * 256 + type, word],
        [-8, word],
      ]),
    ),
  );
  const packedWords = packed(
    order,
    (options.packed ?? []).map(value => [value, word] as const),
  );
  const parts = [Buffer.alloc(16, 0x90), texts, symbolTable, hashes, changes, packedWords];
  const at = parts.map((_, i) => start + Buffer.concat(parts.slice(0, i)).length) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const all = [
    ...entries.map(([tag, value]) => [tag, typeof value === 'string' ? placeOf(value) : value] as const),
    [5, BASE + at[1]],
    [10, texts.length],
    [6, BASE + at[2]],
    [4, BASE + at[3]],
    ...(relocations.length > 0
      ? ([
          [7, BASE + at[4]],
          [8, changes.length],
        ] as const)
      : []),
    ...(packedWords.length > 0
      ? ([
          [36, BASE + at[5]],
          [35, packedWords.length],
        ] as const)
      : []),
    [0, 0],
  ] as const;
  const dynamic = packed(
    order,
    all.flatMap(([tag, value]) => [[tag, word] as const, [value, word] as const]),
  );
  const dynamicAt = start + Buffer.concat(parts).length;
  const sized = [16, texts.length, symbolTable.length, hashes.length, changes.length, packedWords.length];
  const types = [1, 3, 11, 5, 4, 19];
  const links = [0, 0, 2, 3, 3, 0];
  const sizes = [0, 0, bits === 64 ? 24 : 16, 4, word * 3, word];
  return elfFile({
    ...{ bits, order, machine: options.machine ?? 62, type: 3, entry: BASE + start },
    programs: programs.map(program =>
      program.type === 2
        ? { type: 2, offset: dynamicAt, address: BASE + dynamicAt, fileSize: dynamic.length }
        : program,
    ),
    body: Buffer.concat([...parts, dynamic]),
    sections: sections
      ? [
          ...types.map((type, i) => ({
            ...{ type, flags: i === 0 ? 6 : 2, address: BASE + (at[i] ?? 0), offset: at[i] ?? 0 },
            ...{ size: sized[i] ?? 0, link: links[i] ?? 0, entrySize: sizes[i] ?? 0 },
          })),
          { type: 6, flags: 3, offset: dynamicAt, size: dynamic.length, link: 2, entrySize: word * 2 },
        ]
      : [],
  });
}

function symbolOf(bits: 32 | 64, order: 'little' | 'big', name: number, value: number): Buffer {
  const section = name === 0 ? 0 : 1;
  const info = name === 0 ? 0 : 0x12;
  const size = name === 0 ? 0 : 4;
  return bits === 64
    ? packed(order, [
        [name, 4],
        [info, 1],
        [0, 1],
        [section, 2],
        [value, 8],
        [size, 8],
      ])
    : packed(order, [
        [name, 4],
        [value, 4],
        [size, 4],
        [info, 1],
        [0, 1],
        [section, 2],
      ]);
}
