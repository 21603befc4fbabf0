import { useEffect } from 'react';
import { Store } from '../engine/index.ts';

export type CommandGroup = 'On this page' | 'Go to' | 'Case' | 'Window' | 'Help';

/** An action of the window: in the palette, on the shortcut sheet, behind its keys. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** As {@link ./keys.ts} writes them. */
  readonly keys?: string;
  /** More keys that do the same, not shown in the palette. */
  readonly alias?: string;
  /** What it would act on now: `0x89`, `now: light`. */
  readonly detail?: string | undefined;
  /** False while it cannot be done; it is then neither listed nor run. */
  readonly enabled?: boolean;
  /** False for what is no use in a list: going round panes. */
  readonly listed?: boolean;
  /** False where the keys mean something else while text is edited: undo. */
  readonly inText?: boolean;
  readonly run: () => void;
}

const sets = new Map<symbol, readonly Command[]>();
/** Every command there is now: those of the page first, then the frame's. */
export const commands = new Store<readonly Command[]>([]);

/** Offers commands while the component is there. `deps` as for an effect. */
export function useCommands(make: () => readonly Command[], deps: readonly unknown[]): void {
  useEffect(() => {
    const key = Symbol('commands');
    sets.set(key, make());
    publish();
    return () => {
      sets.delete(key);
      publish();
    };
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names them
  }, deps);
}

/** Runs a command by its id; one that is not there or cannot be done now does nothing. */
export function runCommand(id: string): void {
  const command = commands.get().find(each => each.id === id);
  if (command && command.enabled !== false) command.run();
}

const ORDER: readonly CommandGroup[] = ['On this page', 'Go to', 'Case', 'Window', 'Help'];

function publish(): void {
  const all = [...sets.values()].flat();
  commands.set(ORDER.flatMap(group => all.filter(command => command.group === group)));
}
