import { z } from 'zod';
import { sha256, size } from './fields.ts';

export const imageDocument = z
  .object({
    out: z.string().describe('Absolute path of the folder or file that was written.'),
    name: z.string(),
    form: z.enum(['buildkit', 'plain']),
    manifest: sha256.describe("Sha256 of the manifest: the image's digest."),
    config: sha256,
    diffIds: z.array(sha256).describe('Of the tar of each layer, lowest first.'),
    published: z
      .nullable(sha256)
      .describe('The digest that the kit says was published; null when there is none.'),
    comparison: z
      .nullable(
        z.object({
          differentLayer: z
            .nullable(size)
            .describe('The first layer, from 0, that differs; null when none does.'),
          same: size,
          missing: z.array(z.string()),
          extra: z.array(z.string()),
          different: z.array(z.string()),
        }),
      )
      .describe('With the image named by --compare.'),
  })
  .describe('assay image --json');

export type ImageDocument = z.infer<typeof imageDocument>;
