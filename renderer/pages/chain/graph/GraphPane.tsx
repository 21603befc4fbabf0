import { memo, useCallback, useMemo, useState } from 'react';
import type { FigureBox, Output } from '../../../../main/contract/requests/index.ts';
import { preferences, setPreferences, useStored } from '../../../engine/index.ts';
import { go } from '../../../location.ts';
import { counted } from '../../../parts/format.ts';
import { drawer, toggleDrawer } from '../../../shell/drawer.ts';
import { TopPane } from '../../../shell/TopPane.tsx';
import { ChainGraph } from './ChainGraph.tsx';
import { edgesAlong, type Figure } from './figure.ts';
import { GraphBar } from './GraphBar.tsx';
import { GraphInputs } from './GraphInputs.tsx';
import { type GraphHit, GraphSearch } from './GraphSearch.tsx';
import { GraphCamera } from './graph-camera.ts';
import type { Scene } from './paint.ts';
import { marksThere, type NodeStates } from './signs.ts';
import { type ActiveNode, laneNode, useActive } from './use-active.ts';
import { useFigure } from './use-figure.ts';
import { useGraphCommands } from './use-graph-commands.ts';
import './graph.css';

type Plan = NonNullable<Output<'chain.plan'>>;

interface GraphPaneProps {
  readonly plan: Plan;
  /** Of the case. */
  readonly name: string;
  readonly selected: number | null;
  readonly onSelect: (step: number) => void;
  /** The step that runs now. */
  readonly running: number | null;
  readonly replay?: number;
}

/** The preference that only the table is shown, where heights of panes are kept too. */
const TABLE_ONLY = 'chain.table-only';

/** The chain as a graph over the table of its steps, with what is done to it. */
export const GraphPane = memo(function GraphPane({
  plan,
  name,
  selected,
  onSelect,
  running,
  replay,
}: GraphPaneProps) {
  const shown = useStored(preferences, all => all?.panes[TABLE_ONLY]) !== 1;
  const stageOf = (step: number | null) => (step === null ? null : (plan.steps[step - 1]?.stage ?? null));
  const figure = useFigure(running, stageOf(running), replay);
  const { figure: drawn, states, expanded } = figure;
  const [camera] = useState(() => new GraphCamera());
  const node = useActive(figure, selected, stageOf(selected), replay);
  const [finding, setFinding] = useState(false);
  const [reading, setReading] = useState(false);
  const setShown = useCallback(
    (graph: boolean) => void setPreferences({ panes: { [TABLE_ONLY]: graph ? 0 : 1 } }),
    [],
  );
  useGraphCommands({
    ...{ shown: shown && drawn !== null, camera, expanded, setExpanded: figure.setExpanded, name },
    find: () => setFinding(true),
    ...{ reading, read: () => setReading(!reading), selected: selected !== null },
    toggle: () => setShown(!shown),
    ...(replay !== undefined && { replay }),
  });
  const activate = (to: FigureBox) => {
    node.choose(to.id);
    if (to.step !== null) onSelect(to.step);
  };
  const toggle = (lane: string) => {
    node.choose(laneNode(lane));
    figure.toggle(lane);
  };
  const open = (to: FigureBox) => {
    if (to.kind === 'lane') toggle(to.lane);
    else if (to.kind === 'seed') go('seed', { seed: to.name });
    else {
      activate(to);
      if (drawer.get().label !== null && !drawer.get().open) toggleDrawer();
    }
  };
  const hit = ({ id, lane, node: stands, step }: GraphHit) => {
    if (stands !== id) figure.toggle(lane);
    node.choose(id);
    if (step !== null) onSelect(step);
  };
  const unobserved = useMemo(() => isUnobserved(plan), [plan]);
  const marks = useMemo(() => (states ? marksThere(states) : []), [states]);
  const scene = useScene(drawn, states, node, reading);
  const bar = (
    <GraphBar
      graph={shown}
      onGraph={setShown}
      marks={marks}
      wayOf={node.way && node.way.nodes.length > 1 ? (node.active?.label ?? null) : null}
      camera={camera}
    />
  );
  if (!shown || !drawn || !scene) return bar;
  return (
    <TopPane name="chain.graph" label="the graph" height={344}>
      {bar}
      <div className="graph-frame">
        <ChainGraph
          scene={scene}
          camera={camera}
          label={`The chain as a graph: ${counted(drawn.geometry.total, 'node')} in ${counted(plan.stages.length, 'stage')}. Arrow keys go along edges, Enter opens. The table below says the same.`}
          onActive={activate}
          onOpen={open}
          onToggle={toggle}
        />
        {finding && <GraphSearch expanded={expanded} onHit={hit} onClose={() => setFinding(false)} />}
        {reading && selected !== null ? (
          <GraphInputs
            step={selected}
            onClose={() => setReading(false)}
            {...(replay !== undefined && { replay })}
          />
        ) : (
          <GraphNote node={node} folded={scene.states.folded} unobserved={unobserved} />
        )}
      </div>
    </TopPane>
  );
});

/** What is painted: the figure, what came of it, and what the active node has to do with the others. */
function useScene(
  figure: Figure | null,
  states: NodeStates | null,
  { active, way }: ActiveNode,
  inputLines: boolean,
): Scene | null {
  const id = active?.id;
  return useMemo(() => {
    if (!figure || !states) return null;
    const places = (ids: readonly string[]) => new Set(ids.flatMap(each => figure.at.get(each) ?? []));
    return {
      ...{ figure, states, active: id === undefined ? -1 : (figure.at.get(id) ?? -1) },
      way: places(way?.nodes ?? []),
      wayEdges: edgesAlong(figure, way?.nodes ?? []),
      inputs: places(way?.inputs ?? []),
      inputLines,
    };
  }, [figure, states, id, way, inputLines]);
}

interface GraphNoteProps {
  readonly node: ActiveNode;
  readonly folded: number;
  readonly unobserved: boolean;
}

/** What the figure does not draw, and what it takes on trust. */
function GraphNote({ node: { way }, folded, unobserved }: GraphNoteProps) {
  const parts = [
    ...(unobserved ? ['nobody observed this replay: lines are as the plan says'] : []),
    ...(way && way.inputs.length > 0
      ? [`dotted: ${counted(way.inputs.length, 'file')} that its step read`]
      : []),
    ...(way && way.sources > 0
      ? [`its step read ${counted(way.sources, 'file')} of the bundle (I shows them)`]
      : []),
    ...(folded > 0 ? [`${counted(folded, 'file')} between are not drawn`] : []),
  ];
  return parts.length === 0 ? null : <p className="graph-note">{parts.join('; ')}</p>;
}

/** Whether programs ran that nobody observed. */
function isUnobserved({ steps }: Plan): boolean {
  return steps.some(step => step.action === 'run' && step.outcome === 'done' && step.programs === null);
}
