import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './canonical.ts';
import { type Sha256, sha256Of, sha256OfFile } from './hash.ts';

/** Which Assay is running: its version and the sha256 of its own program files. */
export interface AssayIdentity {
  readonly version: string;
  /** Of the canonical JSON of all program files' paths and hashes, so that it does not depend on where Assay lies. */
  readonly sha256: Sha256;
}

/** The folder that holds `package.json` and `main`. */
export const INSTALLATION = join(import.meta.dirname, '..', '..', '..');

let known: AssayIdentity | undefined;

/** Identifies this installation; worked out once a process. */
export function assayIdentity(): AssayIdentity {
  known ??= {
    version: (JSON.parse(readFileSync(join(INSTALLATION, 'package.json'), 'utf8')) as { version: string })
      .version,
    sha256: sha256Of(canonicalJson(programFiles())),
  };
  return known;
}

function programFiles(): [string, Sha256][] {
  const files = readdirSync(join(INSTALLATION, 'main'), { recursive: true, withFileTypes: true })
    .filter(item => item.isFile())
    .map(item => join(item.parentPath, item.name).slice(INSTALLATION.length + 1))
    .sort();
  return ['package.json', ...files].map(file => [file, sha256OfFile(join(INSTALLATION, file)).sha256]);
}
