import { OverlayToaster, type Toaster } from '@blueprintjs/core';
import { createRoot } from 'react-dom/client';

let toaster: Promise<Toaster> | null = null;

/** Says for some seconds what was done, with the way back where there is one. The one thing that goes away by itself. */
export async function showToast(
  message: string,
  action: { readonly text: string; readonly onClick: () => void } | null,
): Promise<void> {
  toaster ??= OverlayToaster.create(
    // Away from the editors of the pages, whose Save it would cover.
    { position: 'bottom-left', maxToasts: 1 },
    { domRenderer: (element, container) => createRoot(container).render(element) },
  );
  (await toaster).show({ message, timeout: 8000, ...(action && { action }) });
}

/** Says what was undone or done again, with the way back. */
export function showUndone(what: 'undo' | 'redo', words: string, back: () => void): Promise<void> {
  return showToast(what === 'undo' ? `Undone: ${words}. The log keeps both.` : `Done again: ${words}.`, {
    text: what === 'undo' ? 'Redo' : 'Undo',
    onClick: back,
  });
}
