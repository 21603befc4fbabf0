import { Button, SegmentedControl } from '@blueprintjs/core';
import { MinusIcon, PlusIcon, SearchIcon, ZoomToFitIcon } from '@blueprintjs/icons';
import { memo } from 'react';
import { inertText } from '../../../../main/contract/inert.ts';
import { runCommand } from '../../../commands/index.ts';
import { useStore } from '../../../engine/index.ts';
import { Mark, type MarkName } from '../../../parts/Mark.tsx';
import type { GraphCamera } from './graph-camera.ts';
import { SIGN_WORDS } from './signs.ts';

interface GraphBarProps {
  readonly graph: boolean;
  readonly onGraph: (graph: boolean) => void;
  readonly marks: readonly MarkName[];
  /** The name of the node whose path is accented. */
  readonly wayOf: string | null;
  readonly camera: GraphCamera;
}

/** What is shown of the chain, what the marks in the figure mean, and how large it is. */
export const GraphBar = memo(function GraphBar({ graph, onGraph, marks, wayOf, camera }: GraphBarProps) {
  return (
    <div className="panehead graph-bar">
      <SegmentedControl
        size="small"
        aria-label="What is shown of the chain"
        options={[
          { label: 'Graph', value: 'graph' },
          { label: 'Table only', value: 'table' },
        ]}
        value={graph ? 'graph' : 'table'}
        onValueChange={value => onGraph(value === 'graph')}
      />
      {graph && (
        <>
          <div className="graph-legend t2">
            <span>
              <span className="mono">+</span> seed
            </span>
            {wayOf !== null && (
              <span>
                <span className="graph-legend-way" /> path of {inertText(wayOf)}
              </span>
            )}
            {marks.map(mark => (
              <span key={mark} className={`verdict mark-${mark}`}>
                <Mark name={mark} />
                <span className={mark === 'none' || mark === 'notrun' ? 't2' : undefined}>
                  {SIGN_WORDS[mark]}
                </span>
              </span>
            ))}
          </div>
          <Tool icon={<SearchIcon />} label="Find in the graph" command="graph.find" />
          <Tool icon={<ZoomToFitIcon />} label="Show the whole graph" command="graph.fit" />
          <Tool icon={<MinusIcon />} label="Smaller" command="graph.smaller" />
          <Scale camera={camera} />
          <Tool icon={<PlusIcon />} label="Larger" command="graph.larger" />
        </>
      )}
    </div>
  );
});

function Scale({ camera }: { readonly camera: GraphCamera }) {
  return <span className="t2 nowrap graph-scale">{Math.round(useStore(camera.scale) * 100)} %</span>;
}

function Tool({
  icon,
  label,
  command,
}: {
  readonly icon: React.JSX.Element;
  readonly label: string;
  readonly command: string;
}) {
  return (
    <Button
      size="small"
      variant="minimal"
      icon={icon}
      aria-label={label}
      title={label}
      onClick={() => runCommand(command)}
    />
  );
}
