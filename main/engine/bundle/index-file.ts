import { inputError, sha256Stream } from '../base/index.ts';
import type { BundleEntry, Case } from '../case/index.ts';

/**
 * The entries of an index object in archive order, one at a time. At its end the object's sha256 is checked:
 * throws `object.damaged`.
 */
export function* readIndex(theCase: Case, sha256: string): Generator<BundleEntry, void, void> {
  const hash = sha256Stream();
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of theCase.objects.chunks(sha256, 1 << 16)) {
    hash.update(chunk);
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const end = bytes.lastIndexOf(10) + 1;
    rest = Buffer.from(bytes.subarray(end));
    for (const line of bytes.toString('utf8', 0, end).split('\n')) {
      if (line !== '') yield JSON.parse(line) as BundleEntry;
    }
  }
  if (hash.digest('hex') !== sha256 || rest.length > 0) {
    throw inputError(
      'object.damaged',
      'the index of the bundle is not as it was written',
      { file: theCase.objects.pathOf(sha256) },
      'Restore the case folder from a copy.',
    );
  }
}
