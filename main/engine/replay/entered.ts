import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { enterProgram, ROOM_INSIDE } from './enter-program.ts';
import { CONTAINER_USER, type ContainerRequest } from './runtime.ts';

/**
 * runc, podman and docker put things of their own into a container's root. So the tree is not that root: it is bound into an
 * otherwise empty one, and the container's first process, a program made here, makes it the root of the step's program.
 */
export interface Entrance {
  /** The folder of this machine to be bound at `ROOM_INSIDE`. */
  readonly room: string;
  /** The file in it that tells how the program ended. */
  readonly note: string;
  /** What to run in the container. */
  readonly argv: readonly string[];
}

/** Who the first process is, in the numbers of the namespace that the runtime starts it in. */
export interface Starter {
  readonly uid: number;
  readonly gid: number;
}

/** Lays out the room in the request's scratch folder. */
export function layEntrance(request: ContainerRequest, { uid, gid }: Starter): Entrance {
  const room = join(request.scratch, 'room');
  const note = join(room, 'end');
  mkdirSync(room, { mode: 0o755 });
  writeFileSync(join(room, 'enter'), enterProgram(), { mode: 0o755 });
  writeFileSync(note, '', { mode: 0o600 });
  return {
    room,
    note,
    argv: [
      `${ROOM_INSIDE}/enter`,
      `${CONTAINER_USER.uid} ${uid} 1`,
      `${CONTAINER_USER.gid} ${gid} 1`,
      request.gate === undefined ? '' : 'gate',
      ...[request.cwd, request.start],
      ...request.environment.map(([name, value]) => `${name}=${value}`),
      '',
      ...request.argv,
    ],
  };
}

/** What the first process noted: how the program ended, or why it did not start. Errors are names as in errno(3). */
export type Note =
  | { readonly how: 'ended'; readonly status: number | null; readonly signal: string | null }
  | { readonly how: 'not-started'; readonly error: string }
  | { readonly how: 'no-container'; readonly error: string };

/** Reads a note; null when there is none because the first process was not started or was killed. */
export function readNote(file: string): Note | null {
  const bytes = readFileSync(file);
  if (bytes.length < 8) return null;
  const value = bytes.readInt32LE(4);
  const kind = bytes.readInt32LE(0);
  if (kind !== 1) return { how: kind === 2 ? 'not-started' : 'no-container', error: errorName(value) };
  const signal = value & 0x7f;
  if (signal === 0) return { how: 'ended', status: (value >> 8) & 0xff, signal: null };
  return { how: 'ended', status: null, signal: nameOf(constants.signals, signal) ?? `signal ${signal}` };
}

function errorName(value: number): string {
  return nameOf(constants.errno, value) ?? `error ${value}`;
}

function nameOf(names: object, wanted: number): string | undefined {
  return Object.entries(names).find(([, value]) => value === wanted)?.[0];
}
