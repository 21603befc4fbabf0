import type { EngineProblem } from '../../main/contract/channel.ts';
import { offset, sentenceOf } from './format.ts';
import { Inert } from './Inert.tsx';

/** What went wrong, where, its code, what to do; all of it can be selected. */
export function ProblemText({ problem }: { readonly problem: EngineProblem }) {
  const where = whereOf(problem);
  return (
    <dl className="problem-text selectable">
      <dt>What</dt>
      <dd>
        <Inert text={sentenceOf(problem.message)} prose />
      </dd>
      {where && (
        <>
          <dt>Where</dt>
          <dd>
            <Inert text={where} />
          </dd>
        </>
      )}
      <dt>Error</dt>
      <dd className="mono">{problem.code}</dd>
      {problem.cure && (
        <>
          <dt>What to do</dt>
          <dd>
            <Inert text={problem.cure} prose />
          </dd>
        </>
      )}
    </dl>
  );
}

/** The same as text, for the clipboard. */
export function problemAsText(title: string, problem: EngineProblem): string {
  const where = whereOf(problem);
  return [
    title,
    `What: ${sentenceOf(problem.message)}`,
    ...(where ? [`Where: ${where}`] : []),
    `Error: ${problem.code}`,
    ...(problem.cure ? [`What to do: ${problem.cure}`] : []),
  ].join('\n');
}

/** `AMD64/mescc-tools-full-kaem.kaem:68, step 54` */
function whereOf({ where }: EngineProblem): string {
  if (!where) return '';
  const file =
    where.file === undefined ? '' : `${where.file}${where.line === undefined ? '' : `:${where.line}`}`;
  return [
    file,
    where.entry === undefined ? '' : `entry ${where.entry}`,
    where.step === undefined ? '' : `step ${where.step}`,
    where.offset === undefined ? '' : `offset ${offset(where.offset)}`,
  ]
    .filter(part => part !== '')
    .join(', ');
}
