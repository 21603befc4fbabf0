import { type FigureChain, type FigureGraph, UNMADE_LANE } from './model.ts';

const numbers = new Intl.NumberFormat('en-US');
/** Most results that are named. */
const NAMED = 12;

/** `1 file`, `2 files`, with thousands commas. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${numbers.format(n)} ${n === 1 ? one : many}`;
}

/** What the figure shows, in words. */
export function figureLabel({ seeds, stages, steps }: FigureChain, { nodes }: FigureGraph): string {
  const results = nodes.filter(node => node.result).map(node => node.label);
  const ends = results.length > 0 && results.length <= NAMED ? ` to ${results.join(', ')}` : '';
  const unmade = nodes.filter(node => node.lane === UNMADE_LANE).length;
  const missing = unmade === 0 ? '' : `; ${counted(unmade, 'expected file')} of no step`;
  return `From ${seeds.map(seed => seed.name).join(', ')}${ends} in ${counted(stages.length, 'stage')}, ${counted(steps.length, 'step')}${missing}`;
}
