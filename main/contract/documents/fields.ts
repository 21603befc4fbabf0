import { z } from 'zod';

/** What the JSON documents of the command line share. Sizes are in bytes. */
export const size = z.int().min(0);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const chainVerdict = z.enum(['reproduced', 'not-reproduced']);
export const range = z.object({ offset: size, length: z.int().min(1) });
export const ranges = z.array(range).describe('Ascending, apart from each other.');
export const act = { by: z.string(), at: z.string(), event: z.int().min(1) };
