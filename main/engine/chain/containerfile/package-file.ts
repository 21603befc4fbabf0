import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { inputError } from '../../base/index.ts';
import { tableLines } from '../load.ts';

const sourceSchema = z.object({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  version: z.string().default(''),
  file: z.string().default(''),
  format: z.string().default(''),
  mirrors: z.array(z.string()).default([]),
});
const packageSchema = z.object({
  package: z.object({ version: z.string().default('') }).default({ version: '' }),
  sources: z.record(z.string().regex(/^[A-Za-z0-9_]+$/), sourceSchema).default({}),
});

/** The largest package file that is read, in bytes. */
export const PACKAGE_LIMIT = 4 << 20;

/** What a package file gives to a build. */
export interface PackageFile {
  readonly arguments: ReadonlyMap<string, string>;
  /** The sha256 of each source, by the name of its file. */
  readonly hashes: ReadonlyMap<string, string>;
}

/**
 * Reads a StageX `package.toml`: a table `[sources.NAME]` with a version gives the build arguments NAME_VERSION and NAME_SOURCE,
 * the name in capitals; the package's own version gives VERSION, VERSION_UNDER and VERSION_DASH. Throws
 * `containerfile.package`.
 */
export function readPackageFile(bytes: Buffer, file: string): PackageFile {
  const { package: own, sources } = parsed(bytes, file);
  const values = new Map<string, string>();
  const hashes = new Map<string, string>();
  const forms = {
    version_under: own.version.replaceAll('.', '_'),
    version_dash: own.version.replaceAll('.', '-'),
  };
  if (own.version !== '') {
    values.set('VERSION', own.version);
    values.set('VERSION_UNDER', forms.version_under);
    values.set('VERSION_DASH', forms.version_dash);
  }
  for (const [name, source] of Object.entries(sources)) {
    if (source.version === '' && source.hash === undefined) continue;
    const last = new URL(source.mirrors[0] ?? 'x:', 'file:///').pathname.split('/').at(-1) ?? '';
    const known: Record<string, string> = { ...forms, version: source.version, format: source.format };
    const fileName = (source.file || last).replace(
      /\{([a-z_]+)\}/g,
      (whole, key: string) => known[key] ?? whole,
    );
    if (fileName === '' || /[/{}]/.test(fileName) || fileName.startsWith('.')) {
      throw bad(file, 1, `the source ${name} has no file name that is understood`);
    }
    if (source.version !== '') {
      values.set(`${name.toUpperCase()}_VERSION`, source.version);
      values.set(`${name.toUpperCase()}_SOURCE`, fileName);
    }
    if (source.hash !== undefined) hashes.set(fileName, source.hash);
  }
  return { arguments: values, hashes };
}

function parsed(bytes: Buffer, file: string): z.infer<typeof packageSchema> {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw bad(file, error.line, error.message.split('\n')[0] ?? 'not TOML');
  }
  const result = packageSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw bad(file, tableLines(text)(issue?.path ?? []), `${issue?.path.join('.')}: ${issue?.message}`);
}

function bad(file: string, line: number, problem: string): Error {
  return inputError('containerfile.package', problem, { file, line });
}
