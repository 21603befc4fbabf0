import { inertText } from '../contract/inert.ts';
import { type Comment, exhibitText, type Finding, type Proposals, plural } from '../engine/index.ts';

/** Findings with what people said of them, one a paragraph. */
export function findingsText(
  findings: readonly (Finding & { readonly comments: readonly Comment[] })[],
): string {
  const open = findings.filter(finding => finding.state === 'open').length;
  const paragraphs = findings.map(finding => {
    const {
      id,
      severity,
      state,
      message,
      where,
      code,
      raised,
      waiver,
      resolution,
      exhibits = [],
      comments,
    } = finding;
    const reason = resolution ?? waiver;
    return [
      `${id}  ${severity.padEnd(6)}  ${state.padEnd(8)}  ${inertText(message)}`,
      `      ${inertText(where)}, ${code}${raised ? `, raised by ${inertText(raised.by)}` : ''}`,
      ...(reason ? [`      ${state} by ${inertText(reason.by)}: ${inertText(reason.reason)}`] : []),
      ...exhibits.map(
        each => `      ${each.id}  ${inertText(exhibitText(each.exhibit))}, by ${inertText(each.by)}`,
      ),
      ...comments.map(({ by, text }) => `      ${inertText(by)}: ${inertText(text)}`),
    ].join('\n');
  });
  return [...paragraphs, `${plural(findings.length, 'finding')}, ${open} open`].join('\n');
}

const PROPOSAL_STATES = {
  new: 'can be taken over',
  here: 'is so here already',
  absent: 'no such finding here',
};

/** What an earlier audit proposes, one a paragraph, and how much of it was taken over. */
export function proposalsText({ from, proposals }: Proposals, taken: number): string {
  const paragraphs = proposals.map(({ number, what, message, reason, by, state }) =>
    [
      `${String(number).padStart(3)}  ${what.padEnd(6)}  ${inertText(message)}`,
      `     there by ${inertText(by)}${reason === null ? '' : `: ${inertText(reason)}`}`,
      `     ${PROPOSAL_STATES[state]}`,
    ].join('\n'),
  );
  const count = plural(proposals.length, 'proposal');
  const foot = `${count} from the ${from.source} ${inertText(from.name)}, ${taken} taken over; none is in force before somebody takes it over`;
  return [...paragraphs, foot].join('\n');
}
