import { memo } from 'react';
import type { FigureGeometry } from '../../../../main/contract/requests/index.ts';
import type { Box } from './camera.ts';

type Lane = FigureGeometry['lanes'][number];

/** Room of a lane around its boxes, and the height of its head, in units of the figure. */
const AROUND = 11;
export const HEAD = 28;

/** The lanes in view behind their boxes, each with its head. */
export const GraphLanes = memo(function GraphLanes({
  lanes,
  part,
  words,
}: {
  readonly lanes: readonly Lane[];
  readonly part: Box;
  /** False from afar. */
  readonly words: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus
    <g aria-hidden="true">
      {lanes.map(lane => {
        const box = laneBox(lane);
        if (box.x > part.x + part.width || box.x + box.width < part.x) return null;
        if (box.y > part.y + part.height || box.y + box.height < part.y) return null;
        return (
          <g key={`${lane.id} ${lane.x} ${lane.y}`} transform={`translate(${box.x} ${box.y})`}>
            <rect className="gl" width={box.width} height={box.height} />
            {words && (
              <>
                <path className="gl-chevron" d={lane.collapsed ? 'M11 10l4 4-4 4' : 'M9 12l4 4 4-4'} />
                <text className="gl-title" x={22} y={18}>
                  {lane.head}
                </text>
              </>
            )}
          </g>
        );
      })}
    </g>
  );
});

/** The place of a lane with the room around its boxes. */
export function laneBox({ x, y, width, height }: Lane): Box {
  return { x: x - AROUND, y, width: width + 2 * AROUND, height: height + AROUND };
}

/** The lane whose head is at a point of the figure. */
export function headAt(lanes: readonly Lane[], x: number, y: number): Lane | undefined {
  return lanes.find(lane => {
    const box = laneBox(lane);
    return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + HEAD;
  });
}
