import { inertText } from '../contract/inert.ts';
import { type Comment, exhibitText, type Finding, plural } from '../engine/index.ts';

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
