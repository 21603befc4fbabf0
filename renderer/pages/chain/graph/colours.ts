import { useSyncExternalStore } from 'react';
import type { MarkName } from '../../../parts/mark-shapes.ts';

/** Each colour that the figure is painted in: its token, and what the system's own colours have in its place. */
const ROLES = {
  ground: ['--as-surface', 'Canvas'],
  lane: ['--as-panel', 'Canvas'],
  line: ['--as-line-2', 'CanvasText'],
  edge: ['--as-edge', 'CanvasText'],
  text: ['--as-text', 'CanvasText'],
  quiet: ['--as-text-2', 'CanvasText'],
  faint: ['--as-text-3', 'CanvasText'],
  accent: ['--as-accent', 'Highlight'],
  tint: ['--as-accent-tint', 'Canvas'],
} as const;

export type ColourRole = keyof typeof ROLES;

/** The colours of the theme that is shown, as a canvas takes them. The same object while they are the same. */
export interface Colours extends Readonly<Record<ColourRole, string>> {
  readonly mark: (name: MarkName) => string;
  /** Whether the system's own colours are forced, so that only lines tell surfaces apart. */
  readonly forced: boolean;
}

const FORCED = window.matchMedia('(forced-colors: active)');
let known: Colours | null = null;

/** The colours now, followed. */
export function useColours(): Colours {
  return useSyncExternalStore(follow, () => {
    known ??= readColours();
    return known;
  });
}

function follow(listener: () => void): () => void {
  const changed = () => {
    known = null;
    listener();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributeFilter: ['class'] });
  FORCED.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    FORCED.removeEventListener('change', changed);
    known = null;
  };
}

function readColours(): Colours {
  const forced = FORCED.matches;
  const probe = document.createElement('span');
  document.body.append(probe);
  const read = () => getComputedStyle(probe).color;
  const marks = new Map<MarkName, string>();
  const roles = Object.entries(ROLES).map(([role, [token, system]]) => {
    probe.style.forcedColorAdjust = 'none';
    probe.style.color = forced ? system : `var(${token})`;
    return [role, read()];
  });
  probe.remove();
  return {
    ...(Object.fromEntries(roles) as Record<ColourRole, string>),
    forced,
    mark: name => {
      const colour = marks.get(name) ?? markColour(name);
      marks.set(name, colour);
      return colour;
    },
  };
}

/** As the style of the mark's class has it. */
function markColour(name: MarkName): string {
  const probe = document.createElement('span');
  probe.className = `mark mark-${name}`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
