import type { Method } from '../../../contract/requests/index.ts';
import type { Handlers } from '../handler.ts';
import { annotationFileHandlers } from './annotation-files.ts';
import { annotationHandlers } from './annotations.ts';
import { blindHandlers } from './blind.ts';
import { bundleHandlers } from './bundle.ts';
import { bundleReviewHandlers } from './bundle-review.ts';
import { byteHandlers } from './bytes.ts';
import { caseHandlers } from './case.ts';
import { chainHandlers } from './chain.ts';
import { differenceHandlers } from './difference.ts';
import { figureHandlers } from './figure.ts';
import { lineageHandlers } from './lineage.ts';
import { logHandlers } from './log.ts';
import { machineHandlers } from './machine.ts';
import { replayHandlers } from './replay.ts';
import { reportHandlers } from './report.ts';
import { reviewHandlers } from './review.ts';
import { seedHandlers } from './seed.ts';
import { seedCodeHandlers } from './seed-code.ts';
import { structureHandlers } from './structure.ts';
import { verdictHandlers } from './verdict.ts';

/** Every method, carried out. The type says when one is missing. */
export const HANDLERS: Handlers<Method> = {
  ...machineHandlers,
  ...caseHandlers,
  ...bundleHandlers,
  ...bundleReviewHandlers,
  ...byteHandlers,
  ...chainHandlers,
  ...figureHandlers,
  ...lineageHandlers,
  ...logHandlers,
  ...replayHandlers,
  ...verdictHandlers,
  ...reportHandlers,
  ...reviewHandlers,
  ...seedHandlers,
  ...seedCodeHandlers,
  ...annotationHandlers,
  ...annotationFileHandlers,
  ...blindHandlers,
  ...structureHandlers,
  ...differenceHandlers,
};
