import { inertText } from '../../main/contract/inert.ts';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { chooseCase, closeCase } from '../case.ts';
import { type Command, useCommands } from '../commands/index.ts';
import { attempt, desktop, measureNetwork, preferences, setPreferences, useStore } from '../engine/index.ts';
import { useCaseFinders } from '../finders/finders.ts';
import { showCameToBe, subject } from '../lineage/subject.ts';
import { go } from '../location.ts';
import { useReplayCommands } from '../replay/run.ts';
import { useUndoCommands } from '../review/undo.ts';
import { askPerson, closeDialog, openDialog, openPalette } from './dialogs.ts';
import { drawer, toggleDrawer } from './drawer.ts';
import { PAGES } from './page-definitions.tsx';
import { focusNextPane } from './pane-focus.ts';
import { useDark } from './theme.ts';

const ZOOMS = [0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** The commands that are there on every page. */
export function useFrameCommands(summary: CaseSummary | null | undefined): void {
  const open = summary !== null && summary !== undefined;
  const dark = useDark();
  const zoom = useStore(preferences)?.zoom ?? 1;
  const { label } = useStore(drawer);
  useCommands(() => PAGES.map((page, index) => pageCommand(page, index, open)), [open]);
  useCommands(() => caseCommands(open), [open]);
  useLineageCommand(open);
  useUndoCommands(open);
  useReplayCommands(summary);
  useCaseFinders(summary);
  useCommands(() => windowCommands(dark, zoom, label), [dark, zoom, label]);
}

function pageCommand(page: (typeof PAGES)[number], index: number, enabled: boolean): Command {
  return {
    id: `go.${page.id}`,
    title: page.title,
    group: 'Go to',
    keys: `Ctrl ${index + 1}`,
    enabled,
    run: () => go(page.id),
  };
}

/** One key, from any page: how the file that is selected there came to be. */
function useLineageCommand(open: boolean): void {
  const selected = useStore(subject);
  useCommands(
    () => [
      {
        id: 'lineage.show',
        title: 'How the selected file came to be',
        group: 'Go to',
        keys: 'Ctrl I',
        detail: selected === null ? undefined : inertText(selected.path).slice(0, 60),
        enabled: open && selected !== null,
        run: () => selected && showCameToBe(selected),
      },
    ],
    [open, selected],
  );
}

function caseCommands(open: boolean): readonly Command[] {
  return [
    {
      id: 'case.new',
      title: 'New case',
      group: 'Case',
      keys: 'Ctrl N',
      run: () => openDialog('new-case'),
    },
    {
      id: 'case.open',
      title: 'Open a case',
      group: 'Case',
      keys: 'Ctrl O',
      run: () => void chooseCase(askPerson),
    },
    {
      id: 'find.file',
      title: 'Go to file',
      group: 'Go to',
      keys: 'Ctrl P',
      enabled: open,
      run: () => openPalette('/'),
    },
    {
      id: 'find.byte',
      title: 'Go to byte of a seed',
      group: 'Go to',
      keys: 'Ctrl G',
      enabled: open,
      run: () => openPalette('#'),
    },
    {
      id: 'find.finding',
      title: 'Go to finding',
      group: 'Go to',
      enabled: open,
      run: () => openPalette('@'),
    },
    { id: 'case.close', title: 'Close this case', group: 'Case', enabled: open, run: () => void closeCase() },
  ];
}

function windowCommands(dark: boolean, zoom: number, label: string | null): readonly Command[] {
  const at = ZOOMS.findIndex(each => each >= zoom);
  const scale = (value: number | undefined) => value !== undefined && void setPreferences({ zoom: value });
  const window = 'Window';
  return [
    {
      id: 'window.theme',
      title: dark ? 'Light theme' : 'Dark theme',
      group: window,
      detail: `now: ${dark ? 'dark' : 'light'}`,
      run: () => void setPreferences({ theme: dark ? 'light' : 'dark' }),
    },
    {
      id: 'window.theme-system',
      title: 'Theme of the system',
      group: window,
      run: () => void setPreferences({ theme: 'system' }),
    },
    {
      id: 'window.larger',
      title: 'Larger',
      group: window,
      keys: 'Ctrl +',
      alias: 'Ctrl =',
      run: () => scale(ZOOMS[at + 1]),
    },
    {
      id: 'window.smaller',
      title: 'Smaller',
      group: window,
      keys: 'Ctrl -',
      run: () => scale(ZOOMS[at - 1]),
    },
    { id: 'window.actual', title: 'Actual size', group: window, keys: 'Ctrl 0', run: () => scale(1) },
    {
      id: 'window.fullscreen',
      title: 'Full screen',
      group: window,
      keys: 'F11',
      run: () => void attempt('The window did not obey', () => desktop('window.toggle-fullscreen', {})),
    },
    {
      id: 'window.drawer',
      title: `Show or hide ${label ?? 'the right pane'}`,
      group: window,
      keys: 'Ctrl .',
      enabled: label !== null,
      run: toggleDrawer,
    },
    {
      id: 'window.next-pane',
      title: 'Next pane',
      group: window,
      keys: 'F6',
      listed: false,
      run: () => focusNextPane(1),
    },
    {
      id: 'window.previous-pane',
      title: 'Previous pane',
      group: window,
      keys: 'Shift F6',
      listed: false,
      run: () => focusNextPane(-1),
    },
    {
      id: 'window.palette',
      title: 'Command palette',
      group: window,
      keys: 'Ctrl K',
      listed: false,
      run: () => openPalette(),
    },
    { id: 'window.tasks', title: 'Tasks', group: window, run: () => openDialog('tasks') },
    {
      id: 'window.preferences',
      title: 'Preferences',
      group: window,
      keys: 'Ctrl ,',
      run: () => openDialog('preferences'),
    },
    {
      id: 'network.show',
      title: 'What was measured of the network',
      group: window,
      run: () => openDialog('network'),
    },
    {
      id: 'network.measure',
      title: 'Measure the network again',
      group: window,
      run: () => void measureNetwork(true),
    },
    {
      id: 'help.shortcuts',
      title: 'Keyboard shortcuts',
      group: 'Help',
      keys: '?',
      alias: 'F1',
      run: () => openDialog('shortcuts'),
    },
    { id: 'help.about', title: 'About Assay', group: 'Help', run: () => openDialog('about') },
    {
      id: 'window.escape',
      title: 'Close the topmost',
      group: window,
      keys: 'Esc',
      listed: false,
      run: closeDialog,
    },
  ];
}
