import { openBundle } from '../bundle/index.ts';
import type { Case } from '../case/index.ts';
import { type Definitions, definitionsIn, type Processor } from '../seed/index.ts';

/** Most files that are read, and most bytes of each. */
const FILES = 64;
const BYTES = 256 << 10;

/** What folders and files about a machine are called, as whole words of their path. */
const NAMES: Readonly<Partial<Record<Processor, RegExp>>> = {
  amd64: /(^|[^a-z0-9])(amd64|x86_64)([^a-z0-9]|$)/i,
  x86: /(^|[^a-z0-9])(x86|i386)(?!_64)([^a-z0-9]|$)/i,
  aarch64: /(^|[^a-z0-9])(aarch64|arm64)([^a-z0-9]|$)/i,
  arm: /(^|[^a-z0-9])(armv7l|arm|arm32)([^a-z0-9]|$)/i,
  riscv32: /(^|[^a-z0-9])riscv32([^a-z0-9]|$)/i,
  riscv64: /(^|[^a-z0-9])riscv64([^a-z0-9]|$)/i,
};

/**
 * What macros of a machine's programs mean, from the files of the bundle that define them (`.M1`, in a folder or of a name of that
 * machine). They are claims as the comments are. None without a bundle.
 */
export async function definitionsFor(theCase: Case, machine: Processor | null): Promise<Definitions> {
  const imported = theCase.log.last('bundle-imported');
  const named = machine === null ? undefined : NAMES[machine];
  if (!imported || !named) return new Map();
  using bundle = await openBundle(theCase, imported);
  const texts: string[] = [];
  for (const { path, type, size } of bundle.entries()) {
    if (type !== 'file' || !path.endsWith('.M1') || !named.test(path) || size > BYTES) continue;
    texts.push(bundle.read(path, BYTES).toString('latin1'));
    if (texts.length >= FILES) break;
  }
  return definitionsIn(texts);
}
