import { type Sha256, sha256Stream, type TaskOptions } from '../base/index.ts';
import { type Content, eachPiece } from './content.ts';

/** What a run of bytes is like, taken together. */
export interface ByteMeasure {
  readonly sha256: Sha256;
  /** In bytes. */
  readonly length: number;
  /** Bytes that are zero. */
  readonly zeros: number;
  /** Different values among them, 0 to 256. */
  readonly distinct: number;
  /** Shannon's entropy in bits a byte, 0 to 8: near 8 for what is compressed, encrypted or random. */
  readonly entropy: number;
}

/** Measures the bytes of content from `offset` on, at most `length` of them; can be stopped. */
export async function measureBytes(
  content: Content,
  offset: number,
  length: number,
  options: TaskOptions = {},
): Promise<ByteMeasure> {
  const start = Math.min(offset, content.size);
  const end = Math.min(start + length, content.size);
  const hash = sha256Stream();
  const times = new Float64Array(256);
  await eachPiece(
    content,
    { start, end },
    piece => {
      hash.update(piece);
      for (let i = 0; i < piece.length; i += 1) {
        const byte = piece[i] as number;
        times[byte] = (times[byte] as number) + 1;
      }
    },
    options,
    { task: 'Measuring' },
  );
  const seen = times.filter(count => count > 0);
  const entropy = seen.reduce(
    (sum, count) => sum - (count / (end - start)) * Math.log2(count / (end - start)),
    0,
  );
  return {
    sha256: hash.digest('hex'),
    length: end - start,
    zeros: times[0] as number,
    distinct: seen.length,
    entropy: Math.max(0, entropy),
  };
}
