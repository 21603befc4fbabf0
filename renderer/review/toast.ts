import { OverlayToaster, type Toaster } from '@blueprintjs/core';
import { createRoot } from 'react-dom/client';

let toaster: Promise<Toaster> | null = null;

/** Says what was undone or done again, with the way back. The one thing that goes away by itself. */
export async function showUndone(what: 'undo' | 'redo', words: string, back: () => void): Promise<void> {
  toaster ??= OverlayToaster.create(
    { position: 'bottom', maxToasts: 1 },
    { domRenderer: (element, container) => createRoot(container).render(element) },
  );
  (await toaster).show({
    message: what === 'undo' ? `Undone: ${words}. The log keeps both.` : `Done again: ${words}.`,
    timeout: 8000,
    action: { text: what === 'undo' ? 'Redo' : 'Undo', onClick: back },
  });
}
