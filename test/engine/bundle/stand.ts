import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { AssayError, fixedClock } from '../../../main/engine/base/index.ts';
import { type ImportOptions, importBundle } from '../../../main/engine/bundle/index.ts';
import { type Case, createCase } from '../../../main/engine/case/index.ts';
import { temporaryFolder } from '../../support/folders.ts';

export const work = temporaryFolder();
let serial = 0;

/** A path in the test's folder that nothing has. */
export function fresh(name: string): string {
  serial += 1;
  return join(work, `${serial}-${name}`);
}

export function freshCase(): Case {
  return createCase(fresh('case'), 'case', '0.1.0', { clock: fixedClock('2026-11-24T11:15:00Z') });
}

/** Everything that must not change when an import is refused. */
export function stateOf(theCase: Case): unknown {
  const scratch = join(theCase.scratch, 'bundles');
  return {
    head: theCase.log.head,
    objects: readdirSync(theCase.objects.folder, { recursive: true }).sort(),
    scratch: existsSync(scratch) ? readdirSync(scratch) : [],
    entries: theCase.database.prepare('SELECT count(*) AS n FROM entry').get(),
  };
}

/** Imports bytes as an archive of their own. */
export function importBytes(theCase: Case, bytes: Buffer, options: ImportOptions = {}) {
  const path = fresh('bundle');
  writeFileSync(path, bytes);
  return importBundle(theCase, path, options);
}

/** Imports bytes that must be refused, and makes sure that nothing is left of them. */
export async function refusal(
  theCase: Case,
  bytes: Buffer,
  options: ImportOptions = {},
): Promise<AssayError> {
  const before = stateOf(theCase);
  try {
    await importBytes(theCase, bytes, options);
  } catch (error) {
    assert.ok(error instanceof AssayError, String(error instanceof Error ? error.stack : error));
    assert.deepEqual(stateOf(theCase), before);
    return error;
  }
  return assert.fail('was not refused');
}

/** Whether a program is on this machine. */
export function has(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

function through(program: string, args: readonly string[]): (bytes: Buffer) => Buffer {
  return bytes => execFileSync(program, args, { input: bytes, maxBuffer: 1 << 30 });
}

/** One lzip member, made from what xz writes in the older format of the same compression. */
function lzip(bytes: Buffer): Buffer {
  const body = through('xz', ['--format=lzma', '-c'])(bytes).subarray(13);
  const trailer = Buffer.alloc(20);
  trailer.writeUInt32LE(crc32(bytes), 0);
  trailer.writeBigUInt64LE(BigInt(bytes.length), 4);
  trailer.writeBigUInt64LE(BigInt(body.length + 26), 12);
  return Buffer.concat([Buffer.from('LZIP\x01\x17', 'latin1'), body, trailer]);
}

/** With a checksum, as the zstd program writes it. */
const ZSTD = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** How to compress, by the name the event uses; `skip` says what a machine lacks. */
export const COMPRESSORS: Record<string, { skip: string | false; pack: (bytes: Buffer) => Buffer }> = {
  gzip: { skip: false, pack: bytes => gzipSync(bytes) },
  zstd: { skip: false, pack: bytes => zstdCompressSync(bytes, ZSTD) },
  xz: { skip: !has('xz') && 'no xz here', pack: through('xz', ['-c']) },
  bzip2: { skip: !has('bzip2') && 'no bzip2 here', pack: through('bzip2', ['-c']) },
  lzip: { skip: !has('xz') && 'no xz here', pack: lzip },
};
