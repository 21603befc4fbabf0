import type { Step } from '../chain/index.ts';
import type { Artifact } from '../verdict/index.ts';
import type { FigureSign } from './marks.ts';

/** A step as the figure needs to know it. */
export interface FigureStep {
  readonly number: number;
  readonly id: string;
  readonly stage: string;
  readonly title: string;
  readonly action: Step['action'];
  /** The program's path in the tree; null for an action of the workstation. */
  readonly program: string | null;
  readonly outcome: 'done' | 'failed' | 'not-run';
  readonly wrote: readonly string[];
  /** What it read besides the program; for a copy what was copied. */
  readonly read: readonly string[];
  /** What it was to write and did not. */
  readonly awaited: readonly string[];
}

/** A chain as the figure needs to know it. A report is one. */
export interface FigureChain {
  readonly seeds: readonly {
    readonly name: string;
    readonly path: string;
    readonly seed: { readonly size: number };
    readonly matches: boolean;
  }[];
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly steps: readonly FigureStep[];
  readonly artifacts: readonly Pick<
    Artifact,
    'path' | 'after' | 'step' | 'size' | 'sha256' | 'verdict' | 'result'
  >[];
}

/** One thing that the chain began with, made, or is to make. */
export interface FigureNode {
  /** Short, and the same for the same chain however far its replay has come. */
  readonly id: string;
  /** The lane it stands in. */
  readonly lane: string;
  /** `program`: one that ran and is neither a seed nor was made here. `step`: one that left nothing to show. */
  readonly kind: 'seed' | 'file' | 'step' | 'program';
  /** The last part of its path. */
  readonly label: string;
  /** Its path; of a step its title. */
  readonly name: string;
  /** The step that made it. */
  readonly step: number | null;
  readonly size: number | null;
  readonly result: boolean;
  /** Whether it is still to come. */
  readonly waits: boolean;
  readonly sign: FigureSign | null;
  /** The word beside the sign; empty for a seed that is as it should be. */
  readonly word: string;
}

/** From the program that translated to what it made; `through` when files that are not drawn lie between. */
export interface FigureEdge {
  readonly from: string;
  readonly to: string;
  readonly through: boolean;
}

/** A stage, or what all began with, or what nobody made. */
export interface FigureLane {
  readonly id: string;
  readonly title: string;
}

/** The whole chain. Nodes stand in the order in which they came to be, makers before what they made. */
export interface FigureGraph {
  readonly lanes: readonly FigureLane[];
  readonly nodes: readonly FigureNode[];
  readonly edges: readonly FigureEdge[];
  /** Artifacts that are not drawn: files between, that nobody published a hash for and that never ran. */
  readonly folded: number;
  /** The node of what a step left at a path; of a copy that of what was copied. Undefined for what is not drawn. */
  nodeOf(step: number | null, path: string): string | undefined;
}

/** The lane of what the chain began with. */
export const SEED_LANE = 'seeds';
/** The lane of what somebody expects and no step is known to make. */
export const UNMADE_LANE = 'unmade';
