import { inertText } from '../../contract/inert.ts';
import type { FigureGraph, FigureNode } from './model.ts';

/** The whole chain in the language of Graphviz: a cluster for each stage, an arrow from each program to what it made. */
export function figureDot({ lanes, nodes, edges }: FigureGraph): string {
  const members = Map.groupBy(nodes, node => node.lane);
  const clusters = lanes.flatMap((lane, i) => {
    const own = members.get(lane.id);
    if (!own) return [];
    const title = `    label=${quoted(lane.title)};`;
    return [`  subgraph cluster_${i} {`, title, ...own.map(node => `    ${nodeLine(node)}`), '  }'];
  });
  return [
    'digraph chain {',
    '  rankdir=LR;',
    '  node [shape=box, fontname="monospace"];',
    ...clusters,
    ...edges.map(
      ({ from, to, through }) =>
        `  ${quoted(from)} -> ${quoted(to)}${through ? ' [style=dotted, color="#8d97a3"]' : ''};`,
    ),
    '}',
    '',
  ].join('\n');
}

function nodeLine({ id, kind, label, name, word, waits, result }: FigureNode): string {
  const look = [
    ...(kind === 'seed' ? ['penwidth=3'] : []),
    ...(waits ? ['style=dashed'] : result ? ['style=filled', 'fillcolor="#e9eef5"'] : []),
  ];
  // The line break stands for itself in a label of Graphviz; no text of the chain can hold one.
  const shown = `"${inside(label)}${word === '' ? '' : `\\n${inside(word)}`}"`;
  return `${quoted(id)} [${[`label=${shown}`, `tooltip=${quoted(name)}`, ...look].join(', ')}];`;
}

function inside(text: string): string {
  return inertText(text).replace(/[\\"]/g, '\\$&');
}

function quoted(text: string): string {
  return `"${inside(text)}"`;
}
