import type { CaseSummary, Input } from '../main/contract/requests/index.ts';
import { ask, attempt, caseChanged, desktop, preferences, showProblem, useEngine } from './engine/index.ts';
import { forgetAtHand } from './lineage/at-hand.ts';
import { resetLocation } from './location.ts';
import { showReplay } from './replay/shown.ts';

/** The open case: undefined while nobody knows, null when there is none. */
export function useCase(): CaseSummary | null | undefined {
  return useEngine('case.summary', {}).value;
}

/** Opens a case by a grant. False when it could not. */
export async function openCase(grant: string, by: string): Promise<boolean> {
  const opened = await attempt('The case was not opened', () =>
    ask('case.open', { location: grant, by }, { words: { title: 'Check the log and open the case' } }),
  );
  if (opened) anotherCase(opened);
  return opened !== undefined;
}

/** Makes a case and opens it. Rejects with an `EngineProblem`. */
export async function createCase(input: Input<'case.create'>): Promise<void> {
  anotherCase(await ask('case.create', input));
}

/** Closes the open case. */
export async function closeCase(): Promise<void> {
  const closed = await attempt('The case was not closed', () => ask('case.close', {}));
  if (closed) anotherCase(null);
}

/** Asks for the folder of a case, and for a name where none is set, and opens it. */
export async function chooseCase(askName: () => Promise<string | null>): Promise<void> {
  const chosen = await attempt('No folder was chosen', () => desktop('choose.case', {}));
  if (!chosen) return;
  const by = await workingName(askName);
  if (by) await openCase(chosen.grant, by);
}

/** Opens a case that was open here before. */
export async function openRecent(id: string, askName: () => Promise<string | null>): Promise<void> {
  const grant = await attempt('The case was not opened', () => desktop('recent.grant', { id }));
  if (grant === null) {
    showProblem(
      'The case was not opened',
      {
        kind: 'input',
        code: 'case.gone',
        message: 'Its folder is not there any more',
        cure: 'Connect the drive that it lies on, or choose the folder by Open a case.',
      },
      { title: 'Remove from recent cases', run: () => void desktop('recent.forget', { id }) },
    );
  }
  if (!grant) return;
  const by = await workingName(askName);
  if (by) await openCase(grant.grant, by);
}

async function workingName(askName: () => Promise<string | null>): Promise<string | null> {
  return preferences.get()?.person?.name ?? (await askName());
}

function anotherCase(summary: CaseSummary | null): void {
  resetLocation();
  showReplay(null);
  forgetAtHand();
  caseChanged(summary);
}
