import { type FigureChain, type FigureFormat, figureGraph, figureText } from '../figure/index.ts';
import type { Judgement } from '../verdict/index.ts';
import { reportSeed, stepsOf } from './derive.ts';
import type { CaseEvidence } from './source.ts';

const FORMATS: readonly FigureFormat[] = ['svg', 'dot'];

/** The figure of the page as files of the report: as it is drawn, and for Graphviz. */
export function figureFiles(chain: FigureChain): { readonly name: string; readonly bytes: Buffer }[] {
  const graph = figureGraph(chain);
  return FORMATS.map(format => ({
    name: `chain.${format}`,
    bytes: Buffer.from(figureText(chain, graph, format)),
  }));
}

/** The chain of a replay as its figure needs to know it. */
export function chainOf(read: CaseEvidence, { artifacts }: Pick<Judgement, 'artifacts'>): FigureChain {
  return {
    seeds: read.seeds.map(reportSeed),
    stages: read.evidence.plan.stages,
    steps: stepsOf(read),
    artifacts,
  };
}
