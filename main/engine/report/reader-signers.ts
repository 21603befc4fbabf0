import { readFileSync } from 'node:fs';
import { AssayError } from '../base/index.ts';
import type { VerifyOptions } from './verify.ts';

/** The reader's own list of signers from a file. Throws `allowed-signers.unreadable`. */
export function readAllowedSigners(file: string): NonNullable<VerifyOptions['allowedSigners']> {
  try {
    return { text: readFileSync(file, 'utf8'), file };
  } catch (cause) {
    throw new AssayError({
      kind: 'input',
      code: 'allowed-signers.unreadable',
      message: 'the list of signers cannot be read',
      where: { file },
      cause,
    });
  }
}
