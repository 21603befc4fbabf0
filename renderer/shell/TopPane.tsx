import type { ReactNode } from 'react';
import { useDraggedSize } from './use-dragged-size.ts';

/** Heights in CSS pixels. */
const SMALLEST = 96;
const LARGEST = 1600;

interface TopPaneProps {
  /** Names the pane in the preferences: `chain.graph`. */
  readonly name: string;
  readonly label: string;
  /** Height until somebody drags it. */
  readonly height: number;
  readonly children: ReactNode;
}

/** The upper part of a pane, of its own height, dragged and remembered. What stands below it keeps some room. */
export function TopPane({ name, label, height, children }: TopPaneProps) {
  const { shown, bar } = useDraggedSize({
    ...{ name, size: height, smallest: SMALLEST, largest: LARGEST },
    ...{ barLabel: `Height of ${label}`, direction: 'height', forwards: true },
  });
  return (
    <>
      <div className="pane-top" style={{ height: shown }}>
        {children}
      </div>
      <div className="split-bar" {...bar} />
    </>
  );
}
