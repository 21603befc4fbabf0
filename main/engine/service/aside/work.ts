import type { TaskOptions } from '../../base/index.ts';
import { readAllowedSigners, type Verification, verifyReport } from '../../report/index.ts';
import { type CodeListing, disassemble, type ListingOptions, loadedImage } from '../../seed/index.ts';

/** Reports to check, and the reader's own list of signers where there is one: paths on this machine. */
export interface ReportsToCheck {
  readonly paths: readonly string[];
  readonly allowedSigners?: string;
}

/** A program to read the instructions of. */
export interface CodeToRead {
  readonly bytes: Uint8Array;
  readonly options: ListingOptions;
}

/** The work that is done in a thread of its own. What goes in and comes out is plain data. */
export const WORK = {
  /** Each as {@link verifyReport}, in the order of the paths. */
  'verify-reports'({ paths, allowedSigners }: ReportsToCheck, options: TaskOptions): Verification[] {
    const signers = allowedSigners === undefined ? null : readAllowedSigners(allowedSigners);
    return paths.map(path => verifyReport(path, { ...options, ...(signers && { allowedSigners: signers }) }));
  },
  /** As {@link disassemble}. */
  disassemble: ({ bytes, options }: CodeToRead): Promise<CodeListing | null> =>
    disassemble(bytes, loadedImage(bytes), options),
};

export type WorkName = keyof typeof WORK;
export type WorkInput<N extends WorkName> = Parameters<(typeof WORK)[N]>[0];
export type WorkResult<N extends WorkName> = Awaited<ReturnType<(typeof WORK)[N]>>;
