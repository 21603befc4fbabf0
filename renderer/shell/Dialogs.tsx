import { Palette, ShortcutSheet } from '../commands/index.ts';
import { useStore } from '../engine/index.ts';
import { CameToBeDialog } from '../lineage/CameToBeDialog.tsx';
import { NewCase } from '../start/NewCase.tsx';
import { About } from './About.tsx';
import { closeDialog, dialog, paletteStart } from './dialogs.ts';
import { NetworkDialog } from './NetworkDialog.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import { PreferencesDialog } from './PreferencesDialog.tsx';
import { TasksDialog } from './TasksDialog.tsx';

/** The dialog that is open, if one is. */
export function Dialogs() {
  const open = useStore(dialog);
  switch (open) {
    case null:
      return null;
    case 'palette':
      return <Palette start={paletteStart.get()} onClose={closeDialog} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={closeDialog} />;
    case 'preferences':
      return <PreferencesDialog onClose={closeDialog} />;
    case 'about':
      return <About onClose={closeDialog} />;
    case 'network':
      return <NetworkDialog onClose={closeDialog} />;
    case 'new-case':
      return <NewCase onClose={closeDialog} />;
    case 'person':
      return <PersonDialog onClose={closeDialog} />;
    case 'tasks':
      return <TasksDialog onClose={closeDialog} />;
    case 'came-to-be':
      return <CameToBeDialog onClose={closeDialog} />;
  }
}
