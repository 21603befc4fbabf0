import { packed, peBodyAt, peFile } from './binaries.ts';

/** A PE image with base relocations, a debug directory, and a certificate behind its section. */
export function directoriesPe(bits: 32 | 64): Buffer {
  const relocations = packed('little', [
    [0x2000, 4],
    [12, 4],
    [0xa010, 2],
    [0, 2],
  ]);
  const path = Buffer.from('RSDS'.padEnd(24, '\x01').concat('C:\\build\\x.pdb\0'), 'latin1');
  const options = {
    bits,
    sections: [{ address: 0x1000, virtualSize: 0x100, offset: 0, rawSize: 0x100, flags: 0x4000_0040 }],
  };
  const at = peBodyAt(options);
  const debug = packed('little', [
    [0, 12],
    [2, 4],
    [path.length, 4],
    [0, 4],
    [at + 12 + 28, 4],
  ]);
  const certificate = packed('little', [
    [16, 4],
    [0x200, 2],
    [2, 2],
    [0x3082, 8],
  ]);
  const body = Buffer.concat([relocations, debug, path]);
  const rawSize = Math.ceil(body.length / 8) * 8 + ((8 - (at % 8)) % 8);
  const directories = Array.from({ length: 16 }, (): readonly [number, number] => [0, 0]);
  directories[4] = [at + rawSize, certificate.length];
  directories[5] = [0x1000, relocations.length];
  directories[6] = [0x1000 + 12, 28];
  const section = { ...options.sections[0], address: 0x1000, virtualSize: body.length, offset: at, rawSize };
  const padded = Buffer.concat([body, Buffer.alloc(rawSize - body.length), certificate]);
  return peFile({ ...options, sections: [section], directories, body: padded });
}
