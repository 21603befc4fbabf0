/** The part of `unzipper` that is used here; the package brings no types. */
declare module 'unzipper' {
  import type { Readable } from 'node:stream';

  interface File {
    readonly path: string;
    readonly type: 'File' | 'Directory';
    /** Unix mode in the upper 16 bits. */
    readonly externalFileAttributes: number;
    stream(): Readable;
  }

  /** Reads the directory of a zip file. */
  const Open: { file(path: string): Promise<{ readonly files: readonly File[] }> };
  const unzipper: { readonly Open: typeof Open };
  export default unzipper;
}
