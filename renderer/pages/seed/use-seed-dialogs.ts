import { useState } from 'react';
import { type Command, type CommandGroup, useCommands } from '../../commands/index.ts';
import type { Compared } from './compare/candidates.ts';
import type { BlindState } from './use-blind.ts';
import type { Disagreements } from './use-disagreements.ts';

/** What the page asks in a dialog. */
export type SeedDialog = 'blind-begin' | 'blind-end' | 'export' | 'import' | 'carry' | 'compare';

export interface SeedDialogState {
  readonly open: SeedDialog | null;
  readonly setOpen: (dialog: SeedDialog | null) => void;
  /** What the seed is compared with now. */
  readonly compared: Compared | null;
  readonly setCompared: (compared: Compared | null) => void;
}

const GROUP: CommandGroup = 'On this page';

/** The dialogs of the page, one at a time, and the commands about annotations as a whole. */
export function useSeedDialogs(blind: BlindState, disagreements: Disagreements): SeedDialogState {
  const [open, setOpen] = useState<SeedDialog | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);
  const { hides } = blind;
  useCommands((): readonly Command[] => {
    const dialog = (id: SeedDialog, title: string, enabled = true): Command => ({
      id: `seed.${id}`,
      title,
      group: GROUP,
      enabled,
      run: () => setOpen(id),
    });
    const jump = (id: string, keys: string, title: string, step: 1 | -1): Command => ({
      id: `seed.disagreement-${id}`,
      title,
      group: GROUP,
      keys,
      enabled: disagreements.all.length > 0 && compared === null,
      run: () => disagreements.go(step),
    });
    return [
      dialog('blind-begin', 'Begin a blind review of the seed', !hides),
      dialog('blind-end', 'End the blind review of the seed', hides),
      dialog('export', 'Export annotations of the seed'),
      dialog('import', 'Import annotations from a file', !hides),
      dialog('carry', 'Carry annotations over from another case', !hides),
      dialog('compare', 'Compare the seed with another file'),
      jump('next', 'N', 'Next disagreement', 1),
      jump('previous', 'P', 'Previous disagreement', -1),
    ];
  }, [hides, disagreements, compared]);
  return { open, setOpen, compared, setCompared };
}
