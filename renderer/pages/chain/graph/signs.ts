import type { FigureSign, Output } from '../../../../main/contract/requests/index.ts';
import type { MarkName } from '../../../parts/mark-shapes.ts';
import type { Figure } from './figure.ts';

/** The mark of each sign of a figure. */
export const MARKS: Readonly<Record<FigureSign, MarkName>> = {
  reproduced: 'reproduced',
  differs: 'differs',
  waived: 'waived',
  missing: 'missing',
  unexpected: 'unexpected',
  'not-run': 'notrun',
  'no-expectation': 'none',
  failed: 'failed',
  blocks: 'blocks',
};

export const SIGN_WORDS: Readonly<Record<MarkName, string>> = {
  reproduced: 'reproduced',
  differs: 'differs',
  waived: 'waived',
  missing: 'missing',
  unexpected: 'unexpected',
  notrun: 'not run',
  none: 'no expectation',
  running: 'running',
  failed: 'failed',
  done: 'done',
  blocks: 'not made here',
  explained: 'explained',
  question: 'question',
  concern: 'concern',
};

/** What came of each node, by its place. */
export interface NodeStates {
  readonly marks: readonly (MarkName | null)[];
  /** Of collapsed lanes: how many nodes have each mark, gravest first. */
  readonly lanes: ReadonlyMap<number, readonly (readonly [MarkName, number])[]>;
  /** Artifacts that are not drawn. */
  readonly folded: number;
}

/** The states of a figure's nodes, with the step that runs now. */
export function nodeStates(
  figure: Figure,
  states: NonNullable<Output<'chain.states'>>,
  running: number | null,
  runningLane: string | null,
): NodeStates {
  const { nodes } = figure.geometry;
  return {
    folded: states.folded,
    marks: nodes.map((node, i) => {
      const runs = node.kind === 'lane' ? node.lane === runningLane : node.step === running;
      if (running !== null && runs) return 'running';
      const sign = states.signs[i];
      return sign ? MARKS[sign] : null;
    }),
    lanes: new Map(
      states.lanes.map(({ node, signs }) => [node, signs.map(([sign, n]) => [MARKS[sign], n] as const)]),
    ),
  };
}

/** Every mark that stands somewhere in the figure, in the order of the legend. */
export function marksThere({ marks, lanes }: NodeStates): MarkName[] {
  const there = new Set([...marks, ...[...lanes.values()].flatMap(all => all.map(([mark]) => mark))]);
  const order: MarkName[] = [
    'reproduced',
    'differs',
    'waived',
    'missing',
    'unexpected',
    'failed',
    'blocks',
    'none',
    'running',
    'notrun',
  ];
  return order.filter(mark => there.has(mark));
}

/** Whether a node is still to come, so that its frame is dashed. */
export function isWaiting(mark: MarkName | null | undefined): boolean {
  return mark === 'notrun' || mark === 'missing';
}

/** Whether all that a collapsed lane holds is still to come. */
export function allWait(counts: readonly (readonly [MarkName, number])[] | undefined): boolean {
  return counts !== undefined && counts.length > 0 && counts.every(([mark]) => isWaiting(mark));
}

const EXCEPTIONS: ReadonlySet<MarkName> = new Set<MarkName>([
  'differs',
  'waived',
  'missing',
  'unexpected',
  'failed',
  'blocks',
  'running',
]);

/** Whether a mark must not be overlooked from however far. */
export function isException(mark: MarkName): boolean {
  return EXCEPTIONS.has(mark);
}
