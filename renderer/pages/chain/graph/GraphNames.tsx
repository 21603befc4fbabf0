import { memo } from 'react';
import { inertText } from '../../../../main/contract/inert.ts';
import type { FigureBox } from '../../../../main/contract/requests/index.ts';
import { useStore } from '../../../engine/index.ts';
import { number } from '../../../parts/format.ts';
import type { MarkName } from '../../../parts/Mark.tsx';
import { WORDS_FROM } from './camera.ts';
import { nodesIn } from './figure.ts';
import type { GraphCamera } from './graph-camera.ts';
import type { Scene } from './paint.ts';
import { SIGN_WORDS } from './signs.ts';

/** Most elements beside the picture. */
const MOST = 400;

interface GraphNamesProps {
  readonly scene: Scene;
  readonly camera: GraphCamera;
  /** Begins the ids of elements, which end in the place of their node. */
  readonly prefix: string;
}

/** The nodes in view for readers of the screen: an element without paint over each box that has a name, and the active one in any case. */
export const GraphNames = memo(function GraphNames({ scene, camera, prefix }: GraphNamesProps) {
  const { scale, part } = useStore(camera.sight);
  const { figure, states, active, way, inputs } = scene;
  const { nodes, boxHeight } = figure.geometry;
  const shown = scale >= WORDS_FROM ? nodesIn(figure, part).slice(0, MOST) : [];
  if (active >= 0 && !shown.includes(active)) shown.push(active);
  return shown.map(place => {
    const node = nodes[place];
    return (
      node && (
        <GraphName
          key={node.id}
          id={`${prefix}${place}`}
          node={node}
          height={boxHeight}
          words={nodeWords(node, states.marks[place] ?? null, states.lanes.get(place), {
            way: way.has(place) && place !== active,
            input: inputs.has(place),
          })}
        />
      )
    );
  });
});

interface GraphNameProps {
  readonly id: string;
  readonly node: FigureBox;
  readonly height: number;
  readonly words: string;
}

const GraphName = memo(function GraphName({ id, node, height, words }: GraphNameProps) {
  const { x: left, y: top, width } = node;
  return <div id={id} role="img" aria-label={words} style={{ left, top, width, height }} />;
});

/** A node in words, with what it is to the selected one. */
export function nodeWords(
  node: FigureBox,
  mark: MarkName | null,
  counts: readonly (readonly [MarkName, number])[] | undefined,
  to: { readonly way: boolean; readonly input: boolean },
): string {
  const name = inertText(node.name);
  const related = [...(to.way ? ['on the path'] : []), ...(to.input ? ['read by the selected step'] : [])];
  if (node.kind === 'lane') {
    const each = (counts ?? []).map(([sign, n]) => `${number(n)} ${SIGN_WORDS[sign]}`);
    return [`${name}, collapsed`, ...each, ...related].join(', ');
  }
  const kind = node.kind === 'file' ? [] : [node.kind];
  const step = node.step === null ? [] : [`step ${number(node.step)}`];
  return [name, ...kind, ...step, ...(mark ? [SIGN_WORDS[mark]] : []), ...related].join(', ');
}
