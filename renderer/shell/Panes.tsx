import { type ReactNode, useEffect } from 'react';
import { useStore } from '../engine/index.ts';
import { closeDrawer, drawer } from './drawer.ts';
import { useDraggedSize } from './use-dragged-size.ts';
import { useNarrow } from './use-width.ts';

/** Widths in CSS pixels. */
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
  const dragged = useDraggedSize({
    ...{ name, size: width, smallest, largest },
    ...{ barLabel: `Width of ${label}`, direction: 'width', forwards: side === 'left' },
  });
  const bar = <div className="pane-bar" {...dragged.bar} />;
  return (
    <>
      {side === 'right' && bar}
      <aside
        className={`pane pane-side pane-${side}`}
        aria-label={label}
        data-pane={name}
        tabIndex={-1}
        style={{ width: dragged.shown }}
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
