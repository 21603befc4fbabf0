/** Goes round the panes: navigation, then the page's panes from left to right. */
export function focusNextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    pane => pane.getClientRects().length > 0,
  );
  if (panes.length === 0) return;
  const at = panes.findIndex(pane => pane.contains(document.activeElement));
  const next = panes[at < 0 ? (step > 0 ? 0 : panes.length - 1) : (at + step + panes.length) % panes.length];
  if (next) focusPane(next);
}

/** Where the focus was in each pane. */
const left = new WeakMap<HTMLElement, HTMLElement>();

/** Remembers where the focus is in its pane. Gives a function that ends it. */
export function rememberFocus(): () => void {
  const note = (event: FocusEvent) => {
    const target = event.target;
    if (!(target instanceof HTMLElement)) return;
    const pane = target.closest<HTMLElement>('[data-pane]');
    if (pane && pane !== target) left.set(pane, target);
  };
  document.addEventListener('focusin', note);
  return () => document.removeEventListener('focusin', note);
}

const STOPS =
  'button:not(:disabled), a[href], input:not(:disabled), select, textarea, [tabindex]:not([tabindex="-1"])';

/** Puts the keys into a pane: where they were in it last, else on the first thing that takes them. */
export function focusPane(pane: HTMLElement): void {
  const before = left.get(pane);
  const target =
    before?.isConnected && pane.contains(before) ? before : pane.querySelector<HTMLElement>(STOPS);
  (target ?? pane).focus({ focusVisible: true } as FocusOptions);
}
