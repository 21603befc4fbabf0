import { z } from 'zod';
import { figureSign } from '../documents/lineage.ts';
import { count, treePath } from './common.ts';
import { request } from './define.ts';

/** Lanes, by their ids, that show what is in them; `auto`: all while there are few nodes. */
const expanded = z.union([z.enum(['auto', 'all']), z.array(z.string().max(200)).max(1000)]);
export type ExpandedLanes = z.infer<typeof expanded>;

export type FigureSign = z.infer<typeof figureSign>;

const format = z.enum(['svg', 'dot']).describe('The figure as it is drawn, or the whole chain for Graphviz.');
/** Which replay is meant: by its number, the newest when it is left out. */
const replay = z.int().min(1).optional();
const length = z.number().min(0);

/** A lane in one band of the figure. */
const lane = z.strictObject({
  id: z.string(),
  title: z.string(),
  head: z.string().describe('Its title as far as it has room.'),
  collapsed: z.boolean(),
  expandable: z.boolean().describe('False when it has more nodes than the figure takes.'),
  continued: z.boolean().describe('Whether it began in a band above.'),
  count: count.describe('How many nodes belong to it.'),
  x: length,
  y: length,
  width: length,
  height: length,
});

const node = z.strictObject({
  id: z.string(),
  lane: z.string(),
  kind: z.enum(['seed', 'file', 'step', 'program', 'lane']),
  label: z.string().describe('What fits its box.'),
  name: z.string().describe('Its path, of a step its title; cut when it is very long.'),
  step: count.nullable(),
  result: z.boolean(),
  x: length,
  y: length,
  width: length,
});
export type FigureBox = z.infer<typeof node>;

/** The places of a figure, in CSS pixels. `from` and `to` count in `nodes`. */
const geometry = z.strictObject({
  geometry: z.string().describe('Names these very places: the same name, the same places.'),
  width: length,
  height: length,
  boxHeight: length,
  total: count.describe('Nodes of the whole chain.'),
  lanes: z.array(lane),
  nodes: z.array(node),
  edges: z.array(
    z.strictObject({
      from: count,
      to: count,
      through: z.boolean().describe('Files that are not drawn lie between.'),
      points: z.array(z.number()).describe('Corners, x and y in turn.'),
    }),
  ),
});
export type FigureGeometry = z.infer<typeof geometry>;

/** The chain as a graph. As a replay left it, or as it is planned before there is one. */
export const figureRequests = {
  /** Where everything stands. Null without a plan. `geometry`: the name that {@link figureRequests} `chain.states` gave last. */
  'chain.graph': request({
    input: z.strictObject({ expanded, replay, geometry: z.string().max(100).optional() }),
    output: geometry.nullable(),
  }),
  /** What came of every node, in the order of `chain.graph`'s nodes. Null without a plan. */
  'chain.states': request({
    input: z.strictObject({ expanded, replay }),
    output: z
      .strictObject({
        geometry: z.string(),
        folded: count.describe('Artifacts that are not drawn.'),
        /** Null where there is nothing to say: a seed that is as it should be, a file that was written again later. */
        signs: z.array(figureSign.nullable()),
        /** For each collapsed lane, by its node, how many of its nodes have each sign, gravest first. */
        lanes: z.array(z.strictObject({ node: count, signs: z.array(z.tuple([figureSign, count])) })),
      })
      .nullable(),
  }),
  /** Where a step's artifact stands, how it came to be back to a seed, and what its step was given. Null without a plan. */
  'chain.way': request({
    input: z.strictObject({ expanded, replay, step: z.int().min(1), path: treePath.optional() }),
    output: z
      .strictObject({
        node: z.string().nullable().describe('Null where nothing is drawn for it.'),
        nodes: z.array(z.string()).describe('From it back to a seed.'),
        inputs: z.array(z.string()).describe('Nodes of which its step read something, besides its program.'),
        sources: count.describe('Files of the bundle that its step read.'),
      })
      .nullable(),
  }),
  /** Nodes whose name holds a text, in the order in which they came to be. */
  'chain.find': request({
    input: z.strictObject({
      expanded,
      replay,
      text: z.string().min(1).max(200),
      limit: z.int().min(1).max(1000),
    }),
    output: z.strictObject({
      total: count,
      hits: z.array(
        z.strictObject({
          id: z.string(),
          lane: z.string(),
          node: z.string().describe('What stands for it: itself, or its lane.'),
          step: count.nullable(),
          name: z.string(),
        }),
      ),
    }),
  }),
  /** The figure as text. */
  'chain.figure': request({
    input: z.strictObject({ expanded, replay, format }),
    output: z.strictObject({ text: z.string() }),
  }),
  /** The figure as a file. */
  'chain.save-figure': request({
    input: z.strictObject({ expanded, replay, format, location: z.string().max(4096) }),
    output: z.strictObject({ size: count }),
    grants: ['location'],
  }),
};
