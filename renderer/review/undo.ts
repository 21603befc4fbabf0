import { type Command, useCommands } from '../commands/index.ts';
import { ask, attempt, useEngine } from '../engine/index.ts';
import { showUndone } from './toast.ts';

/** What is undone, in the words of a person, by the type of its events. */
const WORDS: Record<string, string> = {
  'seed-annotated': 'annotation',
  'annotations-imported': 'import of annotations',
  'annotation-changed': 'change of an annotation',
  'annotation-removed': 'removal of an annotation',
  'annotation-resolved': 'settling of an annotation',
  'file-reviewed': 'review of files',
  'review-withdrawn': 'withdrawal of a review',
  'line-commented': 'comment',
  'finding-commented': 'comment',
  'comment-removed': 'removal of a comment',
  'comment-resolved': 'settling of a comment',
  'checklist-answered': 'answer to the checklist',
  'scope-set': 'change of the scope',
  'finding-raised': 'finding',
  'finding-resolved': 'resolving of a finding',
  'finding-waived': 'waiver',
  'waiver-withdrawn': 'withdrawal of a waiver',
};

function wordsOf(type: string): string {
  return WORDS[type] ?? 'last action';
}

/** Ctrl Z and Ctrl Y over what people said of the case; each undo is itself an event, nothing leaves the log. */
export function useUndoCommands(open: boolean): void {
  const { value: next } = useEngine('review.next', open ? {} : null);
  const undo = next?.undo ? wordsOf(next.undo.type) : null;
  const redo = next?.redo ? wordsOf(next.redo.type) : null;
  useCommands(() => [command('undo', undo), command('redo', redo)], [undo, redo]);
}

function command(what: 'undo' | 'redo', words: string | null): Command {
  const title = what === 'undo' ? 'Undo' : 'Redo';
  return {
    id: `review.${what}`,
    title: words ? `${title} ${words}` : `${title} review action`,
    group: 'Case',
    keys: what === 'undo' ? 'Ctrl Z' : 'Ctrl Y',
    ...(what === 'redo' && { alias: 'Ctrl Shift Z' }),
    enabled: words !== null,
    inText: false,
    run: () => void act(what),
  };
}

async function act(what: 'undo' | 'redo'): Promise<void> {
  const done = await attempt('Nothing was undone', () => ask(`review.${what}`, {}));
  if (done) showUndone(what, wordsOf(done.action.type), () => void act(what === 'undo' ? 'redo' : 'undo'));
}
