import { z } from 'zod';
import { inputError } from '../base/index.ts';
import type { EventOf } from '../case/index.ts';
import { type Expectation, treePathSchema } from './plan.ts';

/** What somebody else's report or image says of files of the chain. An object of the case, in canonical JSON. */
export const claimsSchema = z.strictObject({
  format: z.literal(1),
  hashes: z
    .array(
      z.strictObject({
        path: treePathSchema,
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        size: z.int().min(0),
      }),
    )
    .max(200_000),
});
export type Claims = z.infer<typeof claimsSchema>;

/** The expectations that were taken from reports and images, in the order of their import. Throws `evidence.invalid`. */
export function claimedExpectations(
  events: readonly EventOf<'claims-imported'>[],
  object: (sha256: string) => Buffer,
): Expectation[] {
  return events.flatMap(({ source, name, claims }) =>
    parseClaims(object(claims.sha256), claims.sha256).hashes.map(
      ({ path, sha256, size }, i): Expectation => ({
        ...{ path, sha256, size, source },
        origin: { file: name, line: i + 1 },
      }),
    ),
  );
}

function parseClaims(bytes: Buffer, file: string): Claims {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    value = null;
  }
  const parsed = claimsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw inputError('evidence.invalid', 'a list of what somebody else found is not valid', { file });
}
