/** Actions of the window, with their keys, the palette over them and the sheet that lists them. */

export { type Finder, type Found, useFinder } from './finders.ts';
export { useHotkeys } from './hotkeys.ts';
export { Palette } from './Palette.tsx';
export { type Command, type CommandGroup, commands, runCommand, useCommands } from './registry.ts';
export { ShortcutSheet } from './ShortcutSheet.tsx';
