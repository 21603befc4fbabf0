import type { Command } from 'commander';
import { inertText } from '../../contract/inert.ts';
import { inputError, openCase, plural, redo, undo } from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { makeOutput } from '../output.ts';

/** `assay undo`: taking back what one said in a review, and taking that back. */
export function undoCommand(program: Command): void {
  program
    .command('undo')
    .description('take back your newest action of the review; the log keeps both')
    .argument('<case>', 'folder of the case')
    .option('--event <number>', 'the action that begins with this event instead')
    .option('--redo', 'do again what was undone')
    .option(...BY)
    .option(...DATE)
    .action((folder: string, options: CaseOptions & { event?: string; redo?: boolean }) => {
      using theCase = openCase(folder, opening(options));
      const event = options.event === undefined ? undefined : eventOf(options.event);
      const action = options.redo ? redo(theCase, event) : undo(theCase, event);
      const { by, type, first, last } = action;
      makeOutput(options.json ?? false).result(
        { action },
        () =>
          `${options.redo ? 'Done again' : 'Undone'}: ${type}, ${first === last ? `event ${first}` : `${plural(last - first + 1, 'event')} from ${first}`}, by ${inertText(by)}`,
      );
    });
}

function eventOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw inputError('usage.event', `'${text}' is no number of an event`);
}
