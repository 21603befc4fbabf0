import assert from 'node:assert/strict';
import { join } from 'node:path';
import { annotationsDocument } from '../../main/contract/review-documents.ts';
import { assay, DATE } from './assay.ts';

let serial = 0;

/** Makes a case of the embedded kit in a folder, by the command line, with its bundle imported and its seed checked. */
export function preparedCase(folder: string, kit = 'bedrock-amd64'): string {
  serial += 1;
  const path = join(folder, `case-${serial}`);
  for (const args of [
    ['case', 'create', path, '--kit', kit],
    ['import', path],
    ['seed', path],
  ]) {
    const run = assay([...args, '--date', DATE]);
    assert.equal(run.status, 0, run.stderr);
  }
  return path;
}

/** Runs a command that must end with a status, and gives its document. */
export function json(args: readonly string[], status = 0): unknown {
  const run = assay([...args, '--json']);
  assert.equal(run.status, status, run.stderr);
  return JSON.parse(run.stdout);
}

/** Runs a command that must be refused, and gives the code. */
export function refused(args: readonly string[]): string {
  const run = assay([...args, '--json']);
  assert.equal(run.status, 2, run.stdout);
  return (JSON.parse(run.stdout) as { error: { code: string } }).error.code;
}

/** Annotates bytes by the command line; gives the id. */
export function annotate(path: string, by: string, range: string, ...more: string[]): string {
  const args = ['seed', 'annotate', path, '--range', range, '--label', 'part', '--by', by, ...more];
  return annotationsDocument.parse(json(args)).annotations[0]?.id ?? '';
}
