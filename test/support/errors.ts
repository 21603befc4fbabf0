import assert from 'node:assert/strict';
import { AssayError } from '../../main/engine/base/index.ts';

/** For `assert.throws` and `assert.rejects`: an AssayError with this code. */
export function withCode(code: string): (error: unknown) => boolean {
  return error => {
    if (!(error instanceof AssayError)) throw error;
    assert.equal(error.code, code, error.message);
    return true;
  };
}
