import { numberAt } from '../record.ts';
import { bytesOf, hex } from '../words.ts';
import type { DirectoryContent } from './directories.ts';

/** Most certificates that are shown. */
const LIMIT = 16;

const KINDS: Readonly<Record<number, string>> = {
  1: 'X.509',
  2: 'PKCS #7 (Authenticode)',
  3: 'reserved',
  4: 'Terminal Server',
  3824: 'PKCS #1 of UEFI',
  3825: 'a GUID of UEFI says which',
};

/** Adds attribute certificates: a length, a revision, a kind, then the certificate, each at a multiple of eight bytes. */
export function addCertificates({ tree, id, range: { offset, length } }: DirectoryContent): void {
  const end = offset + length;
  let at = offset;
  for (let number = 0; at + 8 <= end && number < LIMIT; number += 1) {
    const size = numberAt(tree.bytes, at, 4, 'little');
    const kind = numberAt(tree.bytes, at + 6, 2, 'little');
    const certificate = tree.add({
      parent: id,
      key: `certificate-${number}`,
      label: `Certificate ${number}`,
      value: KINDS[kind] ?? `kind ${hex(kind)}`,
      meaning: bytesOf(size),
      offset: at,
      length: Math.min(size, end - at),
    });
    if (size < 8 || at + size > end) {
      tree.notice(
        certificate,
        'problem',
        'pe.certificate-outside',
        'its length does not lie within its table',
      );
      break;
    }
    at += Math.ceil(size / 8) * 8;
  }
  tree.notice(id, 'note', 'pe.signed', 'the image carries a signature; Assay does not check it');
}
