import { join } from 'node:path';
import { app, type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { Grant, GrantKind } from '../contract/grants.ts';
import type { DesktopHandlers } from './gate.ts';
import type { Grants } from './grants.ts';

const REPORTS = [{ name: 'Reports', extensions: ['tar'] }];
const ARCHIVES = [
  { name: 'Archives', extensions: ['tar', 'gz', 'tgz', 'xz', 'txz', 'bz2', 'lz', 'zst'] },
  { name: 'All files', extensions: ['*'] },
];

type Dialogs = Pick<DesktopHandlers, Extract<keyof DesktopHandlers, `choose.${string}`>>;

/** The dialogs in which a person chooses a path. Only here does a path become a grant. */
export function dialogHandlers(window: () => BrowserWindow, grants: Grants): Dialogs {
  const open = async (kind: GrantKind, options: OpenDialogOptions): Promise<Grant[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), options);
    return canceled ? [] : filePaths.map(path => grants.give(kind, path));
  };
  const one = async (kind: GrantKind, title: string, options: OpenDialogOptions): Promise<Grant | null> =>
    (await open(kind, { title, ...options }))[0] ?? null;
  const save = async (kind: GrantKind, title: string, name: string): Promise<Grant | null> => {
    const { canceled, filePath } = await dialog.showSaveDialog(window(), {
      title,
      defaultPath: join(app.getPath('documents'), name),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || !filePath ? null : grants.give(kind, filePath);
  };
  const folder: OpenDialogOptions = { properties: ['openDirectory', 'createDirectory'] };
  return {
    'choose.bundle': ({ as }) =>
      as === 'file'
        ? one('bundle', 'Import an archive', { properties: ['openFile'], filters: ARCHIVES })
        : one('bundle', 'Import a folder', { properties: ['openDirectory'] }),
    'choose.bundle-files': () =>
      open('bundle', { title: 'Import files', properties: ['openFile', 'multiSelections'] }),
    'choose.seeds': () =>
      open('seed', { title: 'Choose binaries', properties: ['openFile', 'multiSelections'] }),
    'choose.case': () => one('case', 'Open a case', { properties: ['openDirectory'] }),
    'choose.new-case': ({ name }) => save('new-case', 'Where the case is to lie', name),
    'choose.folder': () => one('folder', 'Choose a folder', folder),
    'choose.kit': () => one('kit', 'Choose the folder of a kit', { properties: ['openDirectory'] }),
    'choose.key': () => one('key', 'Choose an OpenSSH key', { properties: ['openFile', 'showHiddenFiles'] }),
    'choose.signers': () => one('signers', 'Choose a list of allowed signers', { properties: ['openFile'] }),
    'choose.annotations': () =>
      one('annotations', 'Choose a file of annotations', { properties: ['openFile'] }),
    'choose.reports': ({ several }) =>
      open('report', {
        title: several ? 'Choose reports' : 'Choose a report',
        properties: several ? ['openFile', 'multiSelections'] : ['openFile'],
        filters: REPORTS,
      }),
    'choose.compared': () => one('compared', 'Choose a file to compare with', { properties: ['openFile'] }),
    'choose.target': ({ name }) => save('target', 'Where the file is to be written', name),
  };
}
