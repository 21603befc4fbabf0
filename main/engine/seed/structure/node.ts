/**
 * How much a notice weighs. `problem`: against the format, or no loader would take it. `unusual`: allowed, and deserves a
 * look. `note`: worth knowing, and often as it should be.
 */
export type NoticeSeverity = 'problem' | 'unusual' | 'note';

/** What is to be said of a part of a binary. */
export interface StructureNotice {
  /** Stable: `elf.writable-code`. */
  readonly code: string;
  readonly severity: NoticeSeverity;
  /** A sentence without full stop. */
  readonly message: string;
}

/** A part of a binary that its format names: a header, a field, a section, code. */
export interface StructureNode {
  /** Its own in the tree, the same for the same bytes: `header/e_entry`. */
  readonly id: string;
  /** Id of what it is part of; null at the top. */
  readonly parent: string | null;
  /** The format's own name of it; may hold text from the file. */
  readonly label: string;
  /** Decoded; null where there is no one value. May hold text from the file. */
  readonly value: string | null;
  /** What that means, in words. */
  readonly meaning: string | null;
  /** Bytes it is made of, within the file; a length of 0 where it has none. */
  readonly offset: number;
  readonly length: number;
  readonly notices: readonly StructureNotice[];
}
