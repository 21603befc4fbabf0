import type { Input } from '../../../main/contract/requests/index.ts';

/** Which two files are compared: by hash, by a file that a person chose, or by both, when the file has to have the hash. */
export type DifferenceSides = Input<'difference.bytes'>;

/** What the sides are called. */
export interface SideNames {
  readonly a: string;
  readonly b: string;
}
