import { useMemo, useState } from 'react';
import type { ExpandedLanes, FigureGeometry, Output } from '../../../../main/contract/requests/index.ts';
import { useEngine } from '../../../engine/index.ts';
import { type Figure, figureOf } from './figure.ts';
import { type NodeStates, nodeStates } from './signs.ts';

interface Told {
  readonly told: NonNullable<Output<'chain.states'>>;
  readonly geometry: FigureGeometry;
}

export interface ShownFigure {
  readonly figure: Figure | null;
  readonly states: NodeStates | null;
  readonly expanded: ExpandedLanes;
  readonly setExpanded: (lanes: ExpandedLanes) => void;
  /** Expands a lane that is collapsed, and the other way round. */
  readonly toggle: (lane: string) => void;
}

/**
 * The figure as the engine laid it out. What came of each node is asked for whenever the log has grown; where things stand only
 * when that changed.
 */
export function useFigure(running: number | null, runningLane: string | null, replay?: number): ShownFigure {
  const [expanded, setExpanded] = useState<ExpandedLanes>('auto');
  const asked = { expanded, ...(replay !== undefined && { replay }) };
  const { value: told } = useEngine('chain.states', asked);
  const name = told?.geometry;
  const { value: fresh } = useEngine(
    'chain.graph',
    name === undefined ? null : { ...asked, geometry: name },
    {
      once: true,
    },
  );
  // Until places and states of the new figure are both there the old one stays, and with it the focus.
  const [kept, setKept] = useState<Told | null>(null);
  const whole = told && fresh && told.geometry === fresh.geometry ? { told, geometry: fresh } : null;
  if (told === null && kept) setKept(null);
  else if (whole && (kept?.told !== told || kept?.geometry !== fresh)) setKept(whole);
  const geometry = kept?.geometry;
  const figure = useMemo(() => (geometry ? figureOf(geometry) : null), [geometry]);
  const states = useMemo(
    () => (figure && kept ? nodeStates(figure, kept.told, running, runningLane) : null),
    [figure, kept, running, runningLane],
  );
  const toggle = (lane: string) => {
    const lanes = figure?.geometry.lanes ?? [];
    const open = new Set(lanes.filter(each => !each.collapsed).map(each => each.id));
    if (!open.delete(lane)) open.add(lane);
    setExpanded([...open]);
  };
  return { figure, states, expanded, setExpanded, toggle };
}
