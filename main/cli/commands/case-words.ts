import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { inertText } from '../../contract/inert.ts';
import {
  ANSWERS,
  type AnsweredItem,
  answerItem,
  appliedKit,
  checklistOf,
  inputError,
  openCase,
  plural,
  reviewIn,
  setScope,
} from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { oneOf } from '../common.ts';
import { makeOutput } from '../output.ts';

/** `assay case checklist`, `assay case scope`: what a case says besides its evidence. */
export function caseWordsCommands(cases: Command): void {
  cases
    .command('checklist')
    .description('list the questions of the kit with their answers; answer one')
    .argument('<case>', 'folder of the case')
    .option('--item <id>', 'the item to answer')
    .option('--answer <word>', ANSWERS.join(', '), 'done')
    .option('--note <text>', 'how it was done, or why it is not applicable')
    .option(...BY)
    .option(...DATE)
    .action(checklist);
  cases
    .command('scope')
    .description('print or write what the audit covers and what it does not')
    .argument('<case>', 'folder of the case')
    .option('--text <text>', 'an empty text takes it back')
    .option('--file <file>', 'take the text from a file')
    .option(...BY)
    .option(...DATE)
    .action(scope);
}

interface ChecklistOptions extends CaseOptions {
  readonly item?: string;
  readonly answer: string;
  readonly note?: string;
}

function checklist(folder: string, options: ChecklistOptions): void {
  using theCase = openCase(folder, options.item === undefined ? { readonly: true } : opening(options));
  const questions = appliedKit(theCase).description.checklist;
  if (options.item !== undefined) {
    const answer = oneOf(ANSWERS, options.answer, 'usage.answer', 'answer');
    answerItem(theCase, questions, options.item, { answer, note: options.note ?? '' });
  }
  const items = checklistOf(reviewIn(theCase), questions);
  makeOutput(options.json ?? false).result({ items }, () => checklistText(items));
  process.exitCode = items.every(item => item.answer !== 'open') ? 0 : 1;
}

function checklistText(items: readonly AnsweredItem[]): string {
  const open = items.filter(item => item.answer === 'open').length;
  const lines = items.flatMap(({ id, role, text, answer, note, answered }) => [
    `${answer.padEnd(14)}  ${id}, ${role}: ${inertText(text)}`,
    ...(answered ? [`                ${inertText(answered.by)}, event ${answered.event}`] : []),
    ...(note === '' ? [] : [`                ${inertText(note)}`]),
  ]);
  return [...lines, `${plural(items.length, 'item')}, ${open} open`].join('\n');
}

interface ScopeOptions extends CaseOptions {
  readonly text?: string;
  readonly file?: string;
}

/** The longest file that is read as a scope, in bytes: more than an event holds. */
const SCOPE_FILE_LIMIT = 1 << 20;

function scope(folder: string, options: ScopeOptions): void {
  const text = options.file === undefined ? options.text : textOf(options.file);
  using theCase = openCase(folder, text === undefined ? { readonly: true } : opening(options));
  if (text !== undefined) setScope(theCase, text);
  const written = reviewIn(theCase).scope();
  makeOutput(options.json ?? false).result({ scope: written }, () =>
    written
      ? `${written.text}\n\nWritten by ${inertText(written.by)}, event ${written.event}`
      : 'Nobody has said what the audit covers.',
  );
}

function textOf(file: string): string {
  const bytes = readFileSync(file);
  if (bytes.length > SCOPE_FILE_LIMIT) throw inputError('scope.too-long', 'the text is too long', { file });
  return bytes.toString('utf8').trimEnd();
}
