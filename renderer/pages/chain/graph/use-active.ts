import { useEffect, useMemo, useState } from 'react';
import type { FigureBox, Output } from '../../../../main/contract/requests/index.ts';
import { useEngine } from '../../../engine/index.ts';
import { nodeOfStep } from './figure.ts';
import type { ShownFigure } from './use-figure.ts';

/** Longest path that is asked for by its name: longer ones are sent cut. */
const WHOLE_NAME = 199;

export interface ActiveNode {
  readonly active: FigureBox | undefined;
  readonly choose: (id: string) => void;
  /** How the active node came to be, and what its step read. */
  readonly way: NonNullable<Output<'chain.way'>> | null;
}

/** The id of the node that stands for a collapsed lane. Chosen while the lane is expanded it means the first node of it. */
export function laneNode(lane: string): string {
  return `lane ${lane}`;
}

/** The node that keys act on: the one that was chosen in the graph, while the selected step is its own; else that of the step. */
export function useActive(
  { figure, expanded }: ShownFigure,
  selected: number | null,
  stage: string | null,
  replay?: number,
): ActiveNode {
  const [chosen, setChosen] = useState<string | null>(null);
  const node = figure && chosen !== null ? figure.geometry.nodes[figure.at.get(chosen) ?? -1] : undefined;
  const toggled =
    node || !figure ? undefined : figure.geometry.nodes.find(each => laneNode(each.lane) === chosen);
  const own = node && (node.step === null || node.step === selected) ? node : toggled;
  const path = own?.kind === 'file' && own.name.length <= WHOLE_NAME ? own.name : undefined;
  const { value } = useEngine(
    'chain.way',
    selected === null || !figure
      ? null
      : {
          expanded,
          step: selected,
          ...(path !== undefined && { path }),
          ...(replay !== undefined && { replay }),
        },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step was selected: what was chosen for the one before is over
  useEffect(() => setChosen(old => (own && own.step === selected ? old : null)), [selected]);
  const active = useMemo(() => {
    if (own || !figure || selected === null) return own;
    const told = value?.node;
    return nodeOfStep(figure, selected, stage) ?? figure.geometry.nodes[figure.at.get(told ?? '') ?? -1];
  }, [own, figure, selected, stage, value]);
  const way = value && active && value.node === active.id ? value : null;
  return { active, choose: setChosen, way };
}
