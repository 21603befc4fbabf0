import { memo } from 'react';
import { inertText } from '../../../../main/contract/inert.ts';
import type { FigureBox } from '../../../../main/contract/requests/index.ts';
import { number } from '../../../parts/format.ts';
import { Mark, type MarkName } from '../../../parts/Mark.tsx';
import type { Figure } from './figure.ts';
import { isWaiting, type NodeStates, SIGN_WORDS } from './signs.ts';

/** Most marks that the box of a collapsed lane has room for. */
const LANE_MARKS = 3;
const PLUS = 'M7 1.5v11M1.5 7h11';

interface GraphNodesProps {
  readonly figure: Figure;
  readonly states: NodeStates;
  /** Places of the nodes that are drawn. */
  readonly shown: readonly number[];
  readonly active: string | null;
  /** Ids of the nodes on the path, and of those that the selected step read. */
  readonly way: ReadonlySet<string>;
  readonly inputs: ReadonlySet<string>;
  /** Begins the ids of elements. */
  readonly prefix: string;
}

/** The boxes in view, each with its mark and its name. */
export function GraphNodes({ figure, states, shown, active, way, inputs, prefix }: GraphNodesProps) {
  const { nodes, boxHeight } = figure.geometry;
  return shown.map(i => {
    const node = nodes[i];
    if (!node) return null;
    return (
      <GraphNode
        key={node.id}
        node={node}
        height={boxHeight}
        mark={states.marks[i] ?? null}
        counts={states.lanes.get(i)}
        active={node.id === active}
        onWay={way.has(node.id)}
        input={inputs.has(node.id)}
        id={`${prefix}${i}`}
      />
    );
  });
}

interface GraphNodeProps {
  readonly node: FigureBox;
  readonly height: number;
  readonly mark: MarkName | null;
  readonly counts: readonly (readonly [MarkName, number])[] | undefined;
  readonly active: boolean;
  readonly onWay: boolean;
  readonly input: boolean;
  readonly id: string;
}

const GraphNode = memo(function GraphNode(props: GraphNodeProps) {
  const { node, height, mark, counts, active, onWay, input, id } = props;
  const look = [
    'gn',
    `gn-${node.kind}`,
    isWaiting(mark) || allWait(counts) ? 'gn-waits' : '',
    mark === 'running' ? 'gn-runs' : '',
    active ? 'gn-active' : '',
    onWay ? 'gn-way' : '',
    input ? 'gn-input' : '',
  ].join(' ');
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a group of a drawing is not interactive
    <g
      id={id}
      className={look}
      role="img"
      aria-label={nodeWords(node, mark, counts)}
      transform={`translate(${node.x} ${node.y})`}
    >
      <rect width={node.width} height={height} rx={2} />
      {node.kind === 'lane' ? (
        <LaneCounts
          counts={counts ?? []}
          seeds={node.lane === 'seeds'}
          running={mark === 'running'}
          height={height}
        />
      ) : (
        <>
          {(mark || node.kind === 'seed') && <Sign mark={mark ?? 'seed'} x={8} y={(height - 14) / 2} />}
          <text className="gn-name" x={27} y={height / 2 + 4}>
            {node.label}
          </text>
        </>
      )}
    </g>
  );
});

function LaneCounts({
  counts,
  seeds,
  running,
  height,
}: {
  readonly counts: readonly (readonly [MarkName, number])[];
  readonly seeds: boolean;
  readonly running: boolean;
  readonly height: number;
}) {
  if (seeds && counts.length === 0) return <Sign mark="seed" x={8} y={(height - 14) / 2} />;
  const all: (readonly [MarkName, number | null])[] = running ? [['running', null], ...counts] : [...counts];
  return all.slice(0, LANE_MARKS).map(([mark, n], i) => (
    <g key={mark}>
      <Sign mark={mark} x={8 + i * 48} y={(height - 14) / 2} />
      {n !== null && (
        <text className="gn-count" x={25 + i * 48} y={height / 2 + 4}>
          {n > 9999 ? '>9k' : n}
        </text>
      )}
    </g>
  ));
}

function allWait(counts: readonly (readonly [MarkName, number])[] | undefined): boolean {
  return counts !== undefined && counts.length > 0 && counts.every(([mark]) => isWaiting(mark));
}

/** A node in words, for readers of the screen. */
export function nodeWords(
  node: FigureBox,
  mark: MarkName | null,
  counts: readonly (readonly [MarkName, number])[] | undefined,
): string {
  const name = inertText(node.name);
  if (node.kind === 'lane') {
    const each = (counts ?? []).map(([sign, n]) => `${number(n)} ${SIGN_WORDS[sign]}`);
    return [`${name}, collapsed`, ...each].join(', ');
  }
  const kind = node.kind === 'file' ? '' : `, ${node.kind}`;
  const step = node.step === null ? '' : `, step ${number(node.step)}`;
  return `${name}${kind}${step}${mark ? `, ${SIGN_WORDS[mark]}` : ''}`;
}

/** A mark at a place, drawn once for all in {@link GraphMarks}. */
function Sign({ mark, x, y }: { readonly mark: MarkName | 'seed'; readonly x: number; readonly y: number }) {
  return <use href={`#graph-${mark}`} className={`mark-${mark}`} x={x} y={y} width={14} height={14} />;
}

/** The drawings that the boxes refer to: thousands of marks are in view at a time. */
export const GraphMarks = memo(function GraphMarks({ marks }: { readonly marks: readonly MarkName[] }) {
  return (
    <defs>
      <symbol id="graph-seed" viewBox="0 0 14 14">
        <path className="gn-plus" d={PLUS} />
      </symbol>
      {marks.map(mark => (
        <symbol key={mark} id={`graph-${mark}`} viewBox="0 0 14 14">
          <Mark name={mark} />
        </symbol>
      ))}
    </defs>
  );
});

/** Boxes from afar: no words, one path for each mark. */
export function FarNodes({ figure, states, shown, active, way }: Omit<GraphNodesProps, 'prefix' | 'inputs'>) {
  const { nodes, boxHeight } = figure.geometry;
  const paths = new Map<string, string>();
  for (const i of shown) {
    const node = nodes[i];
    if (!node) continue;
    const [gravest] = states.lanes.get(i) ?? [];
    const mark = states.marks[i] ?? gravest?.[0] ?? (node.kind === 'seed' ? 'seed' : 'none');
    const drawn = `M${node.x} ${node.y}h${node.width}v${boxHeight}h${-node.width}z`;
    paths.set(mark, (paths.get(mark) ?? '') + drawn);
    if (node.id === active || way.has(node.id)) paths.set('way', (paths.get('way') ?? '') + drawn);
  }
  return [...paths].map(([mark, d]) => <path key={mark} className={`gf gf-${mark} mark-${mark}`} d={d} />);
}
