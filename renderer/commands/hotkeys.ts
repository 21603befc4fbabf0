import { useEffect } from 'react';
import { preferences } from '../engine/index.ts';
import { editsText, isSingle, keysOf } from './keys.ts';
import { commands } from './registry.ts';

/**
 * Runs commands by their keys. Single keys only where no text is edited and while they are switched on; none while `isBusy` says that
 * a dialog is open, which it knows before the dialog is drawn.
 */
export function useHotkeys(isBusy: () => boolean): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const keys = keysOf(event);
      if (isSingle(keys) && (editsText(event.target) || preferences.get()?.singleKeys === false)) return;
      if (isBusy() || underDialog()) return;
      const command = commands
        .get()
        .find(
          each =>
            each.enabled !== false &&
            (each.keys === keys || each.alias === keys) &&
            (each.inText !== false || !editsText(event.target)),
        );
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isBusy]);
}

/** While a dialog is open its keys are its own. */
function underDialog(): boolean {
  return document.querySelector('.bp6-overlay-backdrop, [role="dialog"][aria-modal="true"]') !== null;
}
