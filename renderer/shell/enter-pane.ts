import { drawer, toggleDrawer } from './drawer.ts';
import { focusPane } from './pane-focus.ts';

/** Puts the keys into a side pane by its name; in a narrow window, where it is a drawer, opens it first. */
export function enterPane(name: string): void {
  const { label, open } = drawer.get();
  if (label !== null && !open) toggleDrawer();
  requestAnimationFrame(() => {
    const pane = document.querySelector<HTMLElement>(`[data-pane="${name}"]`);
    if (pane) focusPane(pane);
  });
}
