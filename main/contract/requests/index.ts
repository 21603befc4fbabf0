import type { z } from 'zod';
import { annotationFileRequests } from './annotation-files.ts';
import { annotationRequests } from './annotations.ts';
import { bundleRequests } from './bundle.ts';
import { bundleReviewRequests } from './bundle-review.ts';
import { byteRequests } from './bytes.ts';
import { caseRequests } from './case.ts';
import { chainRequests } from './chain.ts';
import type { RequestDefinition } from './define.ts';
import { differenceRequests } from './difference.ts';
import { figureRequests } from './figure.ts';
import { logRequests } from './log.ts';
import { machineRequests } from './machine.ts';
import { replayRequests } from './replay.ts';
import { reportRequests } from './report.ts';
import { reviewRequests } from './review.ts';
import { seedCodeRequests } from './seed-code.ts';
import { structureRequests } from './structure.ts';
import { verdictRequests } from './verdict.ts';

export type { CodeRowAnswer, SeedCodeAnswer, SeedQuestionsAnswer } from '../documents/seed-code.ts';
export type { LiveReplay } from '../progress.ts';
export type { AnnotationMergeRow } from './annotation-files.ts';
export type {
  AnnotationDraftRow,
  AnnotationGroupRow,
  AnnotationHistoryRow,
  BlindReviewRow,
  DisagreementRow,
} from './annotations.ts';
export type { BundleRow } from './bundle.ts';
export type { ByteMeasureRow, BytePatternInput, FoundBytesRow } from './bytes.ts';
export type { CaseSummary, OpenPoint } from './case.ts';
export type { ArtifactRow, CameToBe, LineageGraph, StepRow } from './chain.ts';
export type { RequestDefinition } from './define.ts';
export type { PlacedRun } from './difference.ts';
export type { ExpandedLanes, FigureBox, FigureGeometry, FigureSign } from './figure.ts';
export type { AnnotationRow, ChecklistRow, CommentRow, CoverageRow } from './review.ts';
export type { BinaryStructureRow, StructureNodeRow, StructureNoticeRow } from './structure.ts';
export type { FindingRow } from './verdict.ts';

/** Every method of the engine that the window may call. */
export const REQUESTS = {
  ...machineRequests,
  ...caseRequests,
  ...bundleRequests,
  ...bundleReviewRequests,
  ...byteRequests,
  ...chainRequests,
  ...figureRequests,
  ...logRequests,
  ...replayRequests,
  ...verdictRequests,
  ...reportRequests,
  ...reviewRequests,
  ...seedCodeRequests,
  ...annotationRequests,
  ...structureRequests,
  ...differenceRequests,
  ...annotationFileRequests,
};

export type Method = keyof typeof REQUESTS;
/** What a method takes, as the caller writes it. */
export type Input<M extends Method> = z.input<(typeof REQUESTS)[M]['input']>;
/** What a method takes, after its schema. */
export type Params<M extends Method> = z.output<(typeof REQUESTS)[M]['input']>;
/** What a method gives. */
export type Output<M extends Method> = z.output<(typeof REQUESTS)[M]['output']>;

/** Whether a text names a method. */
export function isMethod(name: string): name is Method {
  return Object.hasOwn(REQUESTS, name);
}

/** The definition of a method, without its exact types. */
export function definitionOf(method: Method): RequestDefinition {
  return REQUESTS[method] as unknown as RequestDefinition;
}
