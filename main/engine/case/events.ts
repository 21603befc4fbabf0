import { z } from 'zod';
import {
  fingerprintField,
  nameField as name,
  objectRefField as objectRef,
  pathField as path,
  sha256Field as sha256,
  sizeField as size,
  stamp,
} from './event-fields.ts';
import { BLIND_EVENTS, REVIEW_EVENTS, UNDO_EVENTS } from './review-events.ts';
import { SOURCE_SYNTAXES } from './source-syntax.ts';

/** Roles of people in an audit. */
export const ROLES = ['auditor', 'reviewer', 'compliance'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Everything that can happen to a case. Facts are small; what is large is an object named by its sha256. */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...stamp,
    type: z.literal('case-created'),
    name,
    id: z.uuid(),
    assay: z.string().max(50),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('kit-applied'),
    kit: name,
    version: name,
    description: objectRef,
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('bundle-imported'),
    name: path,
    /** `folder`: packed into a canonical tar by the import; `archive`: the file as it was. */
    form: z.enum(['folder', 'archive']),
    compression: z.enum(['none', 'gzip', 'xz', 'bzip2', 'zstd', 'lzip']),
    bundle: objectRef,
    /** One canonical JSON line an entry, in archive order. */
    index: objectRef,
    entries: size,
    files: size,
    bytes: size,
    flagged: size,
    /** The event that imported these bytes before, when the case goes back to them. */
    again: z.int().min(1).optional(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('file-imported'),
    /** As it was called: a name, or a path in the folder that it came from. */
    name: path,
    file: objectRef,
  }),
  z.strictObject({
    ...stamp,
    /** What somebody else's report or image says of files of the chain. */
    type: z.literal('claims-imported'),
    source: z.enum(['report', 'image']),
    name: path,
    /** The report or the image, which is not kept. */
    file: objectRef,
    /** Who signed the report, whose seal was checked. */
    signers: z.array(z.strictObject({ identity: name, fingerprint: name })).max(100),
    claims: objectRef,
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('seed-checked'),
    name,
    path,
    seed: objectRef,
    /** Where the bytes came from: the bundle, or a file that the auditor named. */
    origin: z.enum(['bundle', 'file']),
    /** What the kit says that it should be; null in a case without a kit, where binaries are reviewed by themselves. */
    expected: objectRef.nullable(),
    matches: z.boolean().nullable(),
    /** Whether the commented source assembles to exactly the seed; null when no source was named. */
    source: z.nullable(
      z.strictObject({ path, syntax: z.enum(SOURCE_SYNTAXES), sha256, assembles: z.boolean() }),
    ),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('plan-made'),
    reader: name,
    steps: size,
    plan: objectRef,
    expectations: objectRef,
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('replay-started'),
    replay: z.int().min(1),
    plan: sha256,
    /** `unaided`: one container, in which the chain's own script drives everything. */
    mode: z.enum(['stepped', 'unaided']),
    machine: objectRef,
    /** The failed replay of the same plan on which it goes on: what the steps before the failed one gave is taken over. */
    resumes: z.int().min(1).optional(),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('step-finished'),
    replay: z.int().min(1),
    number: z.int().min(1),
    step: name,
    outcome: z.enum(['done', 'failed']),
    record: objectRef,
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('replay-finished'),
    replay: z.int().min(1),
    outcome: z.enum(['completed', 'failed']),
    /** The tree as it was found after the last step, one canonical JSON document. */
    tree: objectRef,
  }),
  ...REVIEW_EVENTS,
  ...UNDO_EVENTS,
  ...BLIND_EVENTS,
  z.strictObject({
    ...stamp,
    type: z.literal('signed-off'),
    role: roleSchema,
    identity: name,
    /** `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
    fingerprint: fingerprintField,
    /** The public key as one line of OpenSSH, type and base64. */
    publicKey: z.string().regex(/^[a-z0-9@.-]+ [A-Za-z0-9+/=]{1,4000}$/),
    /** True when the key was made for a trial run and belongs to nobody. */
    demonstration: z.boolean(),
    /** What the person signed it as: `not-proved` when something blocked it, or by choice. */
    as: z.enum(['proved', 'not-proved']),
    /** How many things blocked it. */
    open: size,
    /** Armored SSHSIG over the text of the sign-off, which ends with the checkpoint of the log before this event. */
    signature: z
      .string()
      .regex(/^-----BEGIN SSH SIGNATURE-----\n[A-Za-z0-9+/=\n]{1,16000}-----END SSH SIGNATURE-----\n$/),
  }),
  z.strictObject({
    ...stamp,
    type: z.literal('report-sealed'),
    replay: z.int().min(1),
    /** Whose key seals: one of the sign-offs before. */
    role: roleSchema,
    fingerprint: fingerprintField,
  }),
]);

/** One event of a case's log. */
export type CaseEvent = z.infer<typeof eventSchema>;
export type EventType = CaseEvent['type'];
/** The events of one type. */
export type EventOf<T extends EventType> = Extract<CaseEvent, { type: T }>;

/** A seed of a chain, as it was held against what the kit says of it. */
export type KitSeedChecked = EventOf<'seed-checked'> & {
  readonly expected: NonNullable<EventOf<'seed-checked'>['expected']>;
  readonly matches: boolean;
};

/** Whether a seed belongs to a chain that a kit describes. */
export function isKitSeed(event: EventOf<'seed-checked'>): event is KitSeedChecked {
  return event.expected !== null && event.matches !== null;
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event before the log gives it its number, time and author. */
export type NewEvent = Without<CaseEvent, 'seq' | 'at' | 'by'>;
