import type { BundleTree, TreeNode } from '../bundle/index.ts';
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
  /** For each of them, and for the root, how many files of the bundle are read. */
  readonly files: ReadonlyMap<string, number>;
}

/** Which part of a bundle is asked for: what the chain reads, what it does not, or both. */
export type Shown = 'all' | 'used' | 'unused';

/** Whether a node, or anything in it, belongs to a part. */
export function isShown({ path, files }: TreeNode, shown: Shown, uses: Uses): boolean {
  if (shown === 'all') return true;
  if (shown === 'used') return uses.touched.has(path);
  return files > 0 ? files > (uses.files.get(path) ?? 0) : !uses.touched.has(path);
}

/** What the newest plan and its newest replay say. */
export function usesOf(theCase: Case, tree: BundleTree): Uses {
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
  const paths = new Set([...description, ...readings.keys()]);
  return { description, readings, touched: withFolders(paths), files: filesIn(paths, tree) };
}

/** Counts the files among some paths, for each of them, every folder above and the root. */
function filesIn(paths: Iterable<string>, tree: BundleTree): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of paths) {
    if (tree.get(path)?.children !== null) continue;
    for (let at = path; ; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
      counts.set(at, (counts.get(at) ?? 0) + 1);
      if (at === '') break;
    }
  }
  return counts;
}

function withFolders(paths: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (const path of paths) {
    for (let at = path; at !== '' && !all.has(at); at = at.slice(0, Math.max(at.lastIndexOf('/'), 0)))
      all.add(at);
  }
  return all;
}
