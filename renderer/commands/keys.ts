/** Keys as they are written for people: `Ctrl K`, `Shift F6`, `U`, `?`, `Esc`. */

const NAMES: Record<string, string> = {
  Escape: 'Esc',
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** The keys of an event. Shift is named only where it does not already make another character. */
export function keysOf(event: KeyboardEvent): string {
  const key = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const letter = /^[A-Z]$/.test(key);
  const parts = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey && (letter || key.length > 1) ? 'Shift' : '',
    key,
  ];
  return parts.filter(part => part !== '').join(' ');
}

/** Whether keys are one character without a modifier, which means text where text is edited. */
export function isSingle(keys: string): boolean {
  return keys.length === 1 || keys === 'Space';
}

/** Whether an element takes text. */
export function editsText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('.monaco-editor .inputarea')) return true;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|range)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
