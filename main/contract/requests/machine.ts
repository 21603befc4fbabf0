import { z } from 'zod';
import { nothing } from './common.ts';
import { request } from './define.ts';

/** What this machine can do, as tried. */
export const machineRequests = {
  'machine.describe': request({
    input: nothing,
    output: z.strictObject({
      assay: z.string(),
      node: z.string(),
      runtimes: z.array(
        z.strictObject({
          name: z.string(),
          works: z.boolean(),
          weaker: z.boolean().describe('Keeps programs apart less well than the others.'),
          version: z.string().nullable(),
          problem: z.string().nullable(),
          cure: z.string().nullable(),
        }),
      ),
      observer: z.strictObject({
        works: z.boolean(),
        version: z.string().nullable(),
        problem: z.string().nullable(),
        cure: z.string().nullable(),
      }),
    }),
  }),
  /** What was measured of the engine's own network just now. */
  'machine.network': request({
    input: nothing,
    output: z.strictObject({
      at: z.string(),
      isolated: z.boolean(),
      checks: z.array(z.strictObject({ name: z.string(), passed: z.boolean(), detail: z.string() })),
    }),
  }),
  'kits.list': request({
    input: nothing,
    output: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        version: z.string(),
        architecture: z.string(),
        summary: z.string(),
        publisher: z.string(),
        bringsBundle: z.boolean(),
      }),
    ),
  }),
};
