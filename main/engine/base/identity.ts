import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './canonical.ts';
import { type Sha256, sha256Of, sha256OfFile } from './hash.ts';

/** Which Assay is running: its version and the sha256 of its own program files. */
export interface AssayIdentity {
  /** Ends in `+development` where it is a package that is no release: its build.json says why. */
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
    version: `${ownVersion()}${isDevelopmentBuild() ? '+development' : ''}`,
    sha256: sha256Of(canonicalJson(programFiles())),
  };
  return known;
}

function ownVersion(): string {
  const text = readFileSync(join(INSTALLATION, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Whether whoever made this package left a build.json with a reason why it is no release. */
function isDevelopmentBuild(): boolean {
  return existsSync(join(INSTALLATION, 'build.json'));
}

function programFiles(): [string, Sha256][] {
  const files = readdirSync(join(INSTALLATION, 'main'), { recursive: true, withFileTypes: true })
    .filter(item => item.isFile())
    .map(item => join(item.parentPath, item.name).slice(INSTALLATION.length + 1))
    .sort();
  return ['package.json', ...files].map(file => [file, sha256OfFile(join(INSTALLATION, file)).sha256]);
}
