import type { Method } from '../../../contract/requests/index.ts';
import type { Handlers } from '../handler.ts';
import { bundleHandlers } from './bundle.ts';
import { caseHandlers } from './case.ts';
import { machineHandlers } from './machine.ts';

/** Every method, carried out. The type says when one is missing. */
export const HANDLERS: Handlers<Method> = {
  ...machineHandlers,
  ...caseHandlers,
  ...bundleHandlers,
};
