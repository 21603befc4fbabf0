import { Store } from '../engine/index.ts';

/** The right pane while the window is too narrow for it: its name (null when there is room), and whether it is open. */
export const drawer = new Store<{ readonly label: string | null; readonly open: boolean }>({
  label: null,
  open: false,
});

export function toggleDrawer(): void {
  drawer.set(old => (old.label === null ? old : { ...old, open: !old.open }));
}

export function closeDrawer(): void {
  drawer.set(old => (old.open ? { ...old, open: false } : old));
}
