import type { ExpandedLanes, Output } from '../../../contract/requests/index.ts';
import { writeFileAtomic } from '../../base/index.ts';
import { type Expanded, figureText, wayBack } from '../../figure/index.ts';
import { stepOrigins } from '../../verdict/index.ts';
import type { Handlers } from '../handler.ts';
import type { OpenedFigure } from '../opened-figure.ts';
import type { Session } from '../session.ts';

/** Longest name that a hit has. */
const NAME_LIMIT = 200;

/** Methods about the chain as a graph. */
export const figureHandlers: Handlers<
  'chain.graph' | 'chain.states' | 'chain.way' | 'chain.find' | 'chain.figure' | 'chain.save-figure'
> = {
  async 'chain.graph'({ expanded, replay }, { session }) {
    return (await session.figure(replay))?.view(lanesOf(expanded)).geometry ?? null;
  },
  async 'chain.states'({ expanded, replay }, { session }) {
    return (await session.figure(replay))?.view(lanesOf(expanded)).states ?? null;
  },
  async 'chain.way'({ expanded, step, path, replay }, { session }) {
    const figure = await session.figure(replay);
    return figure && wayOf(figure, lanesOf(expanded), { step, path, replay }, session);
  },
  async 'chain.find'({ expanded, text, limit, replay }, { session }) {
    const figure = await session.figure(replay);
    return figure ? found(figure, lanesOf(expanded), text, limit) : { total: 0, hits: [] };
  },
  async 'chain.figure'({ expanded, format, replay }, { session }) {
    return { text: written(await session.figure(replay), lanesOf(expanded), format) };
  },
  async 'chain.save-figure'({ expanded, format, location, replay }, { session }) {
    const text = written(await session.figure(replay), lanesOf(expanded), format);
    writeFileAtomic(location, text);
    return { size: Buffer.byteLength(text) };
  },
};

function lanesOf(expanded: ExpandedLanes): Expanded {
  return typeof expanded === 'string' ? expanded : new Set(expanded);
}

interface Asked {
  readonly step: number;
  readonly path: string | undefined;
  readonly replay: number | undefined;
}

function wayOf(
  figure: OpenedFigure,
  expanded: Expanded,
  { step, path, replay }: Asked,
  session: Session,
): Output<'chain.way'> {
  const { graph } = figure;
  const { shown } = figure.view(expanded);
  const named = path === undefined ? undefined : graph.nodeOf(step, path);
  const own = graph.nodes.filter(node => node.step === step);
  const first = own.find(node => node.kind === 'step') ?? own.find(node => node.result) ?? own[0];
  const id = named ?? first?.id;
  if (id === undefined) return { node: null, nodes: [], inputs: [], sources: 0 };
  const origins = session.chain().judged(replay);
  const given = origins ? stepOrigins(step, origins.evidence.evidence) : [];
  const read = given.filter(each => each.role === 'input').map(each => each.origin);
  const nodes = read.flatMap(each => {
    const node = each.kind === 'source' ? undefined : graph.nodeOf(each.step, each.path);
    return (node !== undefined && shown.standsFor(node)) || [];
  });
  return {
    node: shown.standsFor(id) ?? null,
    nodes: [...wayBack(graph, shown, id).nodes],
    inputs: [...new Set(nodes)],
    sources: read.filter(each => each.kind === 'source').length,
  };
}

function found(figure: OpenedFigure, expanded: Expanded, text: string, limit: number): Output<'chain.find'> {
  const { graph } = figure;
  const { shown } = figure.view(expanded);
  const wanted = text.toLowerCase();
  const hits = graph.nodes.filter(node => node.name.toLowerCase().includes(wanted));
  return {
    total: hits.length,
    hits: hits.slice(0, limit).map(({ id, lane, step, name }) => ({
      ...{ id, lane: shown.laneOf(lane), node: shown.standsFor(id) ?? id, step },
      name: name.slice(0, NAME_LIMIT),
    })),
  };
}

function written(figure: OpenedFigure | null, expanded: Expanded, format: 'svg' | 'dot'): string {
  return figure ? figureText(figure.chain, figure.graph, format, expanded) : '';
}
