import type { Grant } from '../../main/contract/grants.ts';
import type { Task } from '../engine/index.ts';
import { ask, attempt, desktop, Store, tasks, useStored } from '../engine/index.ts';

/** What a person has chosen to import: the bundle first, then files beside it. */
export const chosen = new Store<readonly Grant[]>([]);

/** Asks for an archive or a folder and adds it. */
export async function chooseBundle(as: 'file' | 'folder'): Promise<void> {
  const grant = await attempt('Nothing was chosen', () => desktop('choose.bundle', { as }));
  if (grant) chosen.set(all => [...all, grant]);
}

export function unchoose(grant: Grant): void {
  chosen.set(all => all.filter(each => each !== grant));
}

/** Imports what was chosen; with nothing chosen, the bundle that the kit brings. */
export async function importChosen(caseCounts: boolean): Promise<void> {
  const locations = chosen.get().map(each => each.grant);
  const imported = await attempt(
    'The bundle was not imported',
    () => ask('bundle.import', { locations, caseCounts }),
    { title: 'Choose again', run: () => chosen.set([]) },
  );
  if (imported) chosen.set([]);
}

/** The import that runs, if one does. */
export function useImport(): Task | undefined {
  return useStored(tasks, all => all.find(task => task.method === 'bundle.import'));
}
