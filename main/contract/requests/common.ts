import { z } from 'zod';

/** Shapes that several requests share. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const count = z.int().min(0);
/** A path (or, on the renderer's side, a grant for one). */
export const location = z.string().min(1).max(4096);
/** A path inside a bundle or a replay's tree. */
export const treePath = z.string().min(1).max(4096);
export const objectRef = z.strictObject({ sha256, size: count });
export const personName = z.string().trim().min(1).max(200);
export const nothing = z.strictObject({});
