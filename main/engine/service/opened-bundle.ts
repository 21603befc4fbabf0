import type { BundleRow } from '../../contract/requests/bundle.ts';
import type { CaseTree } from '../audit/index.ts';
import { BundleTree, type TreeNode } from '../bundle/index.ts';
import type { Case } from '../case/index.ts';
import { planSchema } from '../chain/index.ts';
import { recordsOf } from '../replay/index.ts';

/** That a step reads a file. */
export interface Reading {
  readonly step: number;
  readonly id: string;
  /** True when the observer saw it, false when the plan says so. */
  readonly observed: boolean;
}

/** Which files of the bundle the newest plan was read from and its steps read. */
export interface Uses {
  readonly description: ReadonlySet<string>;
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
  /** Paths and all folders above them. */
  readonly touched: ReadonlySet<string>;
}

/** A bundle with the tree that a person walks through, made at first use. */
export class OpenedBundle {
  readonly bundle: CaseTree;
  #tree: BundleTree | null = null;
  #uses: { readonly events: number; readonly uses: Uses } | null = null;

  constructor(bundle: CaseTree) {
    this.bundle = bundle;
  }

  get tree(): BundleTree {
    this.#tree ??= new BundleTree(this.bundle.entries());
    return this.#tree;
  }

  /** What the chain reads, as the case knows by now. */
  uses(theCase: Case): Uses {
    const events = theCase.log.events.length;
    if (this.#uses?.events !== events) this.#uses = { events, uses: usesOf(theCase) };
    return this.#uses.uses;
  }

  row(node: TreeNode, uses: Uses): BundleRow {
    const { name, path, entry, files, bytes, flagged } = node;
    return {
      name,
      path,
      type: entry?.type ?? 'directory',
      kind: entry?.kind ?? 'directory',
      mode: entry?.mode ?? null,
      size: entry?.size ?? 0,
      sha256: entry?.sha256 ?? null,
      target: entry?.target ?? null,
      flags: [...(entry?.flags ?? [])],
      files,
      bytes,
      flagged,
      used: uses.touched.has(path),
    };
  }
}

function usesOf(theCase: Case): Uses {
  const made = theCase.log.last('plan-made');
  const description = new Set<string>();
  const readings = new Map<string, Reading[]>();
  if (made) {
    const plan = planSchema.parse(JSON.parse(theCase.objects.read(made.plan.sha256).toString('utf8')));
    for (const path of plan.description) description.add(path);
    const read = (path: string, reading: Reading) => {
      const known = readings.get(path);
      if (!known) readings.set(path, [reading]);
      else if (known.at(-1)?.step !== reading.step) known.push(reading);
    };
    const replay = theCase.log
      .of('replay-started')
      .findLast(event => event.plan === made.plan.sha256)?.replay;
    const records = new Map(
      (replay === undefined ? [] : recordsOf(theCase, replay)).map(record => [record.number, record]),
    );
    for (const step of plan.steps) {
      const seen = records.get(step.number)?.observation;
      const prefix = step.action === 'run' && step.root ? `${step.root}/` : '';
      for (const use of seen?.files ?? []) {
        if (use.use === 'read')
          read(prefix + use.path.replace(/^\/+/, ''), { step: step.number, id: step.id, observed: true });
      }
      const declared =
        step.action === 'run' ? [step.program, ...step.inputs] : 'from' in step ? [step.from] : [];
      for (const path of declared) read(path, { step: step.number, id: step.id, observed: false });
    }
  }
  return { description, readings, touched: withFolders([...description, ...readings.keys()]) };
}

function withFolders(paths: readonly string[]): Set<string> {
  const all = new Set<string>();
  for (const path of paths) {
    for (let at = path; at !== '' && !all.has(at); at = at.slice(0, Math.max(at.lastIndexOf('/'), 0)))
      all.add(at);
  }
  return all;
}
