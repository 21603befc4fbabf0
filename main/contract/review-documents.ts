import {
  annotationsExportDocument,
  annotationsImportDocument,
  annotationsLookDocument,
} from './documents/annotation-files.ts';
import {
  annotationGroupsDocument,
  annotationHistoryDocument,
  annotationsDocument,
  templatesDocument,
} from './documents/annotations.ts';
import {
  catDocument,
  commentsDocument,
  listDocument,
  progressDocument,
  reviewDocument,
  searchDocument,
  seedFindDocument,
  seedMeasureDocument,
} from './documents/bundle-review.ts';
import { actionDocument, checklistDocument, scopeDocument, signOffDocument } from './documents/case-words.ts';
import { blindDocument, coverageDocument, disagreementsDocument } from './documents/coverage.ts';
import { findingsDocument, proposalsDocument } from './documents/findings.ts';

export * from './documents/annotation-files.ts';
export * from './documents/annotations.ts';
export * from './documents/bundle-review.ts';
export * from './documents/case-words.ts';
export * from './documents/coverage.ts';
export * from './documents/findings.ts';

/** The JSON documents of the commands that review: seeds, files, checklist, undo. Stable as those in documents.ts are. */
export const REVIEW_DOCUMENTS = {
  annotations: annotationsDocument,
  'annotation-groups': annotationGroupsDocument,
  'annotation-history': annotationHistoryDocument,
  coverage: coverageDocument,
  'blind-review': blindDocument,
  disagreements: disagreementsDocument,
  action: actionDocument,
  'bundle-ls': listDocument,
  'bundle-cat': catDocument,
  'bundle-search': searchDocument,
  'bundle-review': reviewDocument,
  'seed-find': seedFindDocument,
  'seed-measure': seedMeasureDocument,
  'bundle-progress': progressDocument,
  comments: commentsDocument,
  findings: findingsDocument,
  proposals: proposalsDocument,
  checklist: checklistDocument,
  scope: scopeDocument,
  templates: templatesDocument,
  'annotations-export': annotationsExportDocument,
  'annotations-import': annotationsImportDocument,
  'annotations-look': annotationsLookDocument,
  'sign-off': signOffDocument,
} as const;
