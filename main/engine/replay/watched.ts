import type { MachineFact } from './machine-paths.ts';
import type { Touches } from './touches.ts';
import type { Inside } from './trace-calls.ts';
import type { Links } from './trace-links.ts';
import type { Makers } from './trace-makers.ts';

/** A program that was seen to start. Paths are absolute in the container, one character a byte. */
export interface Started {
  readonly path: string;
  /** The path as the program that started it wrote it. */
  readonly given: string;
  /** Links followed; where its file stood. */
  readonly file: string;
  readonly argv: readonly string[];
  readonly parent: Started | null;
  /** The folder it started in. */
  readonly cwd: string;
  /** The line of the trace that says so. */
  readonly line: number;
  /** Uses of files, each as the kind of use, a blank and the path. */
  readonly uses: Set<string>;
  /** Programs that wrote its file, all of it, in this step and before it started; empty when that cannot be shown. */
  readonly writers: readonly Started[];
  /** What it asked of the machine, each once by its text. */
  readonly asked: Map<string, Asked>;
}

/** An attempt to open a file that tells of the machine. */
export interface Asked {
  /** Absolute inside the container, one character a byte. */
  readonly path: string;
  readonly about: MachineFact;
  /** The path in the tree of what was opened; null when it was not opened. */
  readonly opened: string | null;
  /** The name of the error; null when it was opened. */
  readonly error: string | null;
}

/** What a process did that is kept, in its own order, so that equal runs give equal evidence however processes overlap. */
export type Happening =
  | { readonly kind: 'program'; readonly program: Started }
  | { readonly kind: 'child'; readonly process: WatchedProcess }
  | {
      readonly kind: 'failed-start';
      readonly program: Started | null;
      readonly path: string;
      readonly result: string;
    }
  | {
      readonly kind: 'socket';
      readonly program: Started;
      readonly family: string | null;
      readonly call: string;
      readonly result: string;
    };

/** A process in the container. */
export interface WatchedProcess {
  readonly happenings: Happening[];
  /** The folder it works in; shared by those that share it. */
  place: { cwd: string };
  program: Started;
  readonly thread: boolean;
  /** Exit status; null as long as it did not exit by itself. */
  status: number | null;
}

/** All that the trace of a step told. */
export interface Watched {
  /** The step's own process; null when its program did not start. */
  readonly first: WatchedProcess | null;
  /** Why the kernel did not start the step's program: the name of the error; null when it was not even tried, or started. */
  readonly startError: string | null;
  /** Exit status of the step's own process; null when it did not exit by itself. */
  readonly status: number | null;
  /** Lines that were not understood, and calls that make it impossible to say what names mean. */
  readonly notUnderstood: number;
}

/** What is to be watched. */
export interface Watch {
  /** What is executed to start the step's program, and the arguments it gets; one character a byte. */
  readonly path: string;
  readonly argv: readonly string[];
  /** Absolute path inside the container. */
  readonly cwd: string;
  readonly links: Links;
  readonly touches: Touches;
  readonly makers: Makers;
  readonly inside: Inside;
}
