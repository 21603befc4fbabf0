import type { VerifyDocument } from '../../contract/documents.ts';
import type { Verification } from './verify.ts';

/** A verification as the document that the command line prints and the window shows. */
export function verifyDocumentOf(result: Verification): VerifyDocument {
  return {
    valid: result.valid,
    verdict: result.report?.verdict ?? null,
    problems: result.problems.map(({ code, where, message }) => ({ code, where: placeOf(where), message })),
    parts: result.parts.map(part => ({ ...part })),
    signatures: result.signatures.map(({ file: _, ...signature }) => signature),
  };
}

function placeOf(where: Verification['problems'][number]['where']): string {
  const { entry, line, offset, file } = where;
  const place = entry ?? file ?? '';
  if (line !== undefined) return `${place}, line ${line}`;
  return offset === undefined ? place : `${place}, offset ${offset}`;
}
