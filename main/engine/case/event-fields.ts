import { z } from 'zod';

/** Parts that events are made of, with the limits that hold for every text a person or a kit brings into the log. */

const wellFormed = (value: string) => value.isWellFormed();

/** A name of a person or thing: one line's worth of text. */
export const nameField = z.string().min(1).max(200).refine(wellFormed, 'must be whole characters');
/** What a person writes. */
export const textField = z.string().max(20_000).refine(wellFormed, 'must be whole characters');
export const sha256Field = z.string().regex(/^[0-9a-f]{64}$/);
/** A key: `SHA256:` and base64 without padding, as `ssh-keygen -l` prints it. */
export const fingerprintField = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
/** A size, count or offset. */
export const sizeField = z.int().min(0);
export const pathField = z.string().min(1).max(4096).refine(wellFormed, 'must be whole characters');
/** ISO 8601, UTC, milliseconds. */
export const instantSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const objectRefField = z.strictObject({ sha256: sha256Field, size: sizeField });

/** What the log gives every event: its number, its time and its author. */
export const stamp = { seq: z.int().min(1), at: instantSchema, by: nameField };
