import { sha256Of } from '../../../../main/engine/base/index.ts';
import { type Plan, parseKit, readPlan, type Step } from '../../../../main/engine/chain/index.ts';
import { SMALL_KIT } from '../../../support/kits.ts';

/** Reads a Containerfile beside other files of a bundle. `plan` is more of the kit's plan, in TOML. */
export function planOf(text: string, files: Record<string, string | Buffer> = {}, plan = ''): Plan {
  const all: Record<string, string | Buffer> = { Containerfile: text, ...files };
  const toml = SMALL_KIT.replace(
    /\[plan\][\s\S]*?(?=\[\[expectation\]\])/,
    `[plan]\nreader = "containerfile"\nfile = "Containerfile"\nplatform = "linux/386"\n${plan}\n`,
  );
  const bytes = Buffer.from(toml);
  const kit = { description: parseKit(bytes, 'kit.toml'), bytes, bundleFolder: null };
  return readPlan(kit, {
    type(path) {
      if (all[path] !== undefined) return 'file';
      return Object.keys(all).some(name => name.startsWith(`${path}/`)) ? 'directory' : null;
    },
    read: path => Buffer.from(all[path] ?? ''),
  });
}

/** The steps without what every step has, except the line. */
export function stepsOf(...args: Parameters<typeof planOf>): unknown[] {
  return planOf(...args).steps.map(
    ({ number: _, id: __, stage: ___, title: ____, origin, ...rest }: Step) => ({
      line: origin.line,
      ...rest,
    }),
  );
}

/** A JSON document as a blob of an OCI layout. */
export function blob(value: unknown): { name: string; digest: string; text: string } {
  const text = JSON.stringify(value);
  const sha256 = sha256Of(text);
  return { name: sha256, digest: `sha256:${sha256}`, text };
}
