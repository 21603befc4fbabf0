import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react';
import { preferences, setPreferences, useStore, useStored } from '../engine/index.ts';
import { closeDrawer, drawer } from './drawer.ts';
import { useNarrow } from './use-width.ts';

/** Widths in CSS pixels; panes are dragged in steps of 8. */
const STEP = 8;
const SMALLEST = 200;
const LARGEST = 560;

interface SidePaneProps {
  /** Names the pane for F6, readers of the screen and the preferences: `bundle.tree`. */
  readonly name: string;
  readonly label: string;
  readonly side: 'left' | 'right';
  /** Width until somebody drags it. */
  readonly width: number;
  readonly smallest?: number;
  readonly largest?: number;
  readonly children: ReactNode;
}

/** The panes of a page, side by side. */
export function Panes({ children }: { readonly children: ReactNode }) {
  return <div className="panes">{children}</div>;
}

/** The pane where the work is; it takes what the others leave. */
export function MainPane({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <section className="pane pane-main" aria-label={label} data-pane={label} tabIndex={-1}>
      {children}
    </section>
  );
}

/** A pane of its own width, dragged and remembered. At the right of a narrow window it is a drawer. */
export function SidePane(props: SidePaneProps) {
  const narrow = useNarrow();
  return props.side === 'right' && narrow ? <Drawer {...props} /> : <FixedPane {...props} />;
}

function FixedPane({
  name,
  label,
  side,
  width,
  smallest = SMALLEST,
  largest = LARGEST,
  children,
}: SidePaneProps) {
  const kept = useStored(preferences, all => all?.panes[name]);
  const [dragged, setDragged] = useState<number | null>(null);
  const within = (value: number) => Math.max(smallest, Math.min(largest, Math.round(value / STEP) * STEP));
  const shown = within(dragged ?? kept ?? width);
  const keep = (value: number) => void setPreferences({ panes: { [name]: within(value) } });
  const drag = (event: PointerEvent<HTMLElement>) => {
    const from = { x: event.clientX, width: shown, value: shown };
    const bar = event.currentTarget;
    bar.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent) => {
      from.value = within(from.width + (at.clientX - from.x) * (side === 'left' ? 1 : -1));
      setDragged(from.value);
    };
    const end = () => {
      bar.removeEventListener('pointermove', move);
      keep(from.value);
      setDragged(null);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', end, { once: true });
    bar.addEventListener('pointercancel', end, { once: true });
  };
  const press = (event: KeyboardEvent) => {
    const grow = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (grow === undefined) return;
    event.preventDefault();
    keep(shown + (side === 'left' ? grow : -grow));
  };
  const bar = (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no rule
    <div
      className="pane-bar"
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuenow={shown}
      aria-valuemin={smallest}
      aria-valuemax={largest}
      tabIndex={0}
      onPointerDown={drag}
      onKeyDown={press}
      onDoubleClick={() => keep(width)}
    />
  );
  return (
    <>
      {side === 'right' && bar}
      <aside
        className={`pane pane-side pane-${side}`}
        aria-label={label}
        data-pane={name}
        tabIndex={-1}
        style={{ width: shown }}
      >
        {children}
      </aside>
      {side === 'left' && bar}
    </>
  );
}

function Drawer({ name, label, width, children }: SidePaneProps) {
  const { open } = useStore(drawer);
  useEffect(() => {
    drawer.set({ label, open: false });
    return () => drawer.set({ label: null, open: false });
  }, [label]);
  if (!open) return null;
  return (
    <aside
      className="pane pane-side pane-drawer"
      aria-label={label}
      data-pane={name}
      tabIndex={-1}
      style={{ width: Math.max(width, 320) }}
      onKeyDown={event => event.key === 'Escape' && closeDrawer()}
    >
      {children}
    </aside>
  );
}
