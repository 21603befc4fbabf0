import { inertText } from '../../contract/inert.ts';
import type { Step } from '../chain/index.ts';
import { endText, type StepRecord } from '../replay/index.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './model.ts';

/** A finding before it is numbered. */
export type Draft = Pick<Finding, 'key' | 'code' | 'severity' | 'message' | 'where'>;

/** What a single step's record gives an auditor to look at. */
export function stepFindings(record: StepRecord, evidence: Evidence): Draft[] {
  const drafts: Draft[] = [];
  const where = record.step;
  const plan = evidence.plan.steps[record.number - 1];
  const add = (code: string, severity: Draft['severity'], message: string, subject = '') =>
    drafts.push({ key: `${code}:${record.step}${subject && `:${subject}`}`, code, severity, message, where });
  if (record.outcome === 'failed')
    add('step.failed', 'high', `step ${record.step} failed: ${endOf(record)}${insteadOf(plan)}`);
  for (const socket of record.observation?.sockets ?? []) {
    // A local socket leads to nobody: all that is in the container is the step itself.
    const local = socket.family === 'AF_UNIX';
    const kind = socket.family === null ? '' : ` of ${inertText(socket.family)}`;
    add(
      local ? 'step.local-socket' : 'step.socket',
      local ? 'low' : 'high',
      `step ${record.step} tried to open a socket${kind}: ${inertText(socket.call)} = ${inertText(socket.result)}`,
      socket.call,
    );
  }
  for (const { path, reason } of record.refused) {
    add(
      'step.refused-file',
      'high',
      `step ${record.step} left ${inertText(path)}, which cannot be kept: ${reason}`,
      path,
    );
  }
  if (record.observation && record.observation.notUnderstood > 0) {
    add(
      'observer.incomplete',
      'high',
      `${record.observation.notUnderstood} lines of the trace of step ${record.step} were not understood`,
    );
  }
  if (plan?.action !== 'run' || !evidence.plan.declares) return drafts;
  const written = new Set(record.written.filter(file => file.type !== 'directory').map(file => file.path));
  for (const path of plan.outputs) {
    if (!written.has(path))
      add(
        'step.output-missing',
        'medium',
        `step ${record.step} did not write ${inertText(path)}, which it says it writes`,
        path,
      );
  }
  const said = new Set(plan.outputs);
  for (const path of written) {
    if (!said.has(path))
      add(
        'step.output-undeclared',
        'low',
        `step ${record.step} wrote ${inertText(path)}, which it does not say`,
        path,
      );
  }
  return drafts;
}

/** What a step should have ended with, where that is not what everybody expects. */
function insteadOf(step: Step | undefined): string {
  return step?.action === 'run' && step.expectedStatus ? ` instead of ${step.expectedStatus}` : '';
}

/** What the reader of the build description noticed, and steps that wrote to it after it was read. */

function endOf({ end }: StepRecord): string {
  return end ? inertText(endText(end)) : 'the workstation could not do it';
}
