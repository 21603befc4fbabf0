import { auditDocument, statusDocument, verifyDocument } from './documents/audit.ts';
import { filesDocument, importDocument, importsDocument } from './documents/bundle.ts';
import { compareDocument } from './documents/compare.ts';
import { diffDocument } from './documents/difference.ts';
import { imageDocument } from './documents/image.ts';
import { kitsDocument, kitsMatchDocument, kitsNewDocument } from './documents/kits.ts';
import { graphDocument, lineageDocument } from './documents/lineage.ts';
import { doctorDocument, errorDocument } from './documents/machine.ts';
import { SEED_DOCUMENTS } from './documents/seed-code.ts';
import { seedStructureDocument } from './documents/structure.ts';
import { REVIEW_DOCUMENTS } from './review-documents.ts';

export * from './documents/audit.ts';
export * from './documents/bundle.ts';
export * from './documents/compare.ts';
export * from './documents/image.ts';
export * from './documents/kits.ts';
export * from './documents/lineage.ts';
export * from './documents/machine.ts';

/**
 * The JSON documents of the command line (`--json`), stable from version 0.1 on: fields may be added, none is
 * renamed or removed. Their JSON schemas are in docs/schemas, written from here.
 */
export const DOCUMENTS = {
  ...REVIEW_DOCUMENTS,
  ...SEED_DOCUMENTS,
  image: imageDocument,
  'seed-structure': seedStructureDocument,
  audit: auditDocument,
  verify: verifyDocument,
  status: statusDocument,
  lineage: lineageDocument,
  graph: graphDocument,
  kits: kitsDocument,
  'kits-match': kitsMatchDocument,
  'kits-new': kitsNewDocument,
  files: filesDocument,
  import: importDocument,
  'bundle-imports': importsDocument,
  doctor: doctorDocument,
  compare: compareDocument,
  diff: diffDocument,
  error: errorDocument,
} as const;
