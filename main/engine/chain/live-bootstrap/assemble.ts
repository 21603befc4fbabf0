import { posix } from 'node:path';
import { sha256Of } from '../../base/index.ts';
import type { DescriptionFiles } from '../kaem/index.ts';
import type { LiveBootstrapPlan } from '../kit.ts';
import type { Expectation, FileStep, Origin, Plan, PlanNote, ProgramStep, Step } from '../plan.ts';
import type { Foresight } from './foresight.ts';
import { copiesOf, leftBy } from './left-files.ts';
import type { Directive, ManifestLine } from './manifest.ts';
import type { Reach } from './packages.ts';
import type { PlacedTree } from './placed-tree.ts';
import type { LiveBootstrap } from './reader.ts';
import { PACKAGE_SUMS, type ShellStep, shellSteps } from './shell-steps.ts';
import { checkedFile, listedSums, readSums, type Sum } from './sums.ts';
import type { TracedText } from './traced-text.ts';

/** All that was read of a live-bootstrap tree. */
export interface Parts {
  readonly kit: LiveBootstrapPlan;
  readonly files: DescriptionFiles;
  readonly tree: PlacedTree;
  readonly manifest: readonly ManifestLine[];
  /** What is done, as far as the plan goes. */
  readonly directives: readonly Directive[];
  readonly reach: Reach;
  /** `steps/bootstrap.cfg` as the workstation writes it. */
  readonly configuration: TracedText;
  /** The kaem phase, in paths of the chain's root. */
  readonly kaem: Plan;
  /** What is known of the files that it makes. */
  readonly foresight: Foresight;
}

const LAYOUT = 'layout';
const DISTFILES = 'external/distfiles';

/** Puts the plan together: the workstation's file actions, the kaem phase, the steps of bash; and what each should leave. */
export function assemble(parts: Parts): LiveBootstrap {
  return new Assembly(parts).done();
}

class Assembly {
  readonly #parts: Parts;
  readonly #steps: Step[] = [];
  readonly #stages: Plan['stages'] = [
    { id: LAYOUT, title: 'The workstation lays out the root of the chain' },
  ];
  readonly #expectations: Expectation[] = [];
  readonly #notes: PlanNote[] = [];
  readonly #ids = new Map<string, number>();
  /** The hashes that files of the chain's root are known to have, by path, as far as the steps went. */
  readonly #published = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  done(): LiveBootstrap {
    const { kit, kaem, reach, tree } = this.#parts;
    this.#layOut();
    this.#runKaem();
    const plan: Plan = {
      format: 1,
      reader: 'live-bootstrap',
      results: kit.results,
      stages: this.#stages,
      steps: this.#steps,
      declares: false,
      description: tree.description,
      scripts: kaem.description.map(path => `${kit.root}/${path}`),
      notes: [...kaem.notes, ...this.#notes, ...reach.notes],
    };
    return { plan, expectations: this.#expectations };
  }

  /** What upstream's Python would do before the first program. */
  #layOut(): void {
    const { kit, files, reach, configuration } = this.#parts;
    const origin = { file: 'kit.toml', line: 1 };
    for (const { from, to } of kit.place) {
      const target = to === undefined ? kit.root : `${kit.root}/${to}`;
      this.#act({ action: 'copy', from, to: target, into: false, mode: null }, `copy ${from}`, origin);
    }
    this.#act({ action: 'mkdir', path: `${kit.root}/${DISTFILES}` }, 'make the folder of distfiles', origin);
    for (const { name, origin } of reach.distfiles) {
      const from = `${kit.distfiles}/${name}`;
      if (files.type(from) !== 'file') continue;
      const to = `${kit.root}/${DISTFILES}/${name}`;
      this.#act({ action: 'copy', from, to, into: false, mode: null }, `copy ${from}`, origin);
    }
    const path = `${kit.root}/steps/bootstrap.cfg`;
    const text = configuration.bytes.toString('latin1');
    this.#act({ action: 'write', path, text, mode: 0o644 }, 'write the configuration', origin);
  }

  #act(action: FileAction, title: string, origin: Origin): void {
    const common = { id: this.#idOf(`place-${title}`), stage: LAYOUT, title, origin };
    this.#steps.push({ ...common, ...action, number: this.#steps.length + 1 });
  }

  #runKaem(): void {
    const { kaem, foresight, tree } = this.#parts;
    const before = this.#steps.length;
    const programs = kaem.steps.filter(step => step.action === 'run');
    const last = programs.at(-1);
    const starts = last?.program === 'usr/bin/bash' && /^\/steps\/\d+\.sh$/.test(last.argv[1] ?? '');
    this.#stages.push(...kaem.stages);
    for (const step of starts ? programs.slice(0, -1) : programs) {
      const { file, line } = step.origin;
      const number = this.#run({ ...step, id: `${stem(file)}-${line}` });
      this.#expectCopies(step, number);
      for (const sum of listedSums(step.argv, step.cwd, tree)) this.#expect(sum, number);
    }
    for (const { path, text, step } of foresight.files) {
      const { bytes } = text;
      const derived = { path, sha256: sha256Of(bytes), origin: text.originOf(1) };
      this.#expect(derived, before + step, { source: 'derived', size: bytes.length });
    }
    this.#expectPackages();
    if (starts && last) this.#runShells(shellSteps(this.#parts.directives, last, tree));
  }

  /** A copy of a file that has a published hash is to have it, too. */
  #expectCopies({ argv, cwd, origin }: ProgramStep, number: number): void {
    const isFolder = (path: string) => this.#parts.foresight.isFolder(path);
    const copies = copiesOf(argv, cwd, isFolder).flatMap(({ from, to }) => {
      const sha256 = this.#published.get(from.slice(1));
      return sha256 === undefined ? [] : [{ path: to.slice(1), sha256, origin }];
    });
    const { made, removed } = leftBy(argv, cwd, isFolder);
    for (const path of [...made, ...removed]) this.#published.delete(path.slice(1));
    for (const copy of copies) this.#expect(copy, number, { source: 'derived' });
  }

  /** Lists of hashes that no command of their package looks at are held against it all the same, when it is done. */
  #expectPackages(): void {
    const { kit, tree, directives } = this.#parts;
    const programs = this.#steps.filter(step => step.action === 'run');
    const checked = new Set(programs.map(({ argv, cwd }) => checkedFile(argv, cwd)));
    const lastOf = new Map(programs.map(({ origin, number }) => [origin.file, number]));
    for (const { kind, argument, pass } of directives) {
      if (kind !== 'build') continue;
      const script = tree.nameOf(`steps/${argument}/pass${pass}.kaem`);
      const last = lastOf.get(script);
      if (last === undefined) continue;
      for (const name of [`${argument}.${kit.configuration.ARCH ?? ''}`, argument]) {
        const list = `steps/${argument}/${name}.checksums`;
        if (!checked.has(list)) for (const sum of readSums(list, '/', tree)) this.#expect(sum, last);
      }
    }
  }

  #runShells(shells: readonly ShellStep[]): void {
    const { origin } = this.#parts.directives[0] ?? { origin: { file: 'kit.toml', line: 1 } };
    if (shells.length > 0)
      this.#note('new-shell', 'each later package is built by a bash of its own', origin);
    for (const { step, package: made, expected } of shells) {
      if (!this.#stages.some(stage => stage.id === step.stage))
        this.#stages.push({ id: step.stage, title: `${step.stage}, a script for bash` });
      const number = this.#run({ ...step, number: 0 });
      for (const sum of expected) this.#expect(sum, number);
      if (made !== null && expected.length === 0)
        this.#note('no-hash', `upstream publishes no hash for ${made}, and stops there`, step.origin);
    }
    if (shells.length > 0) this.#noteStale();
  }

  /** Published hashes of packages that the manifest never builds, whatever the configuration. */
  #noteStale(): void {
    const { manifest, tree } = this.#parts;
    const builds = Map.groupBy(
      manifest.filter(({ words }) => words[0] === 'build:'),
      ({ words }) => words[1],
    );
    for (const { path, origin } of readSums(PACKAGE_SUMS, '/', tree)) {
      const [, name, revision] = /^(.+)_(\d+)\.tar\.bz2$/.exec(path) ?? [];
      if (Number(revision ?? 0) < (builds.get(name ?? '')?.length ?? 0)) continue;
      this.#note('stale-hash', `nothing in the manifest builds ${path}`, origin);
    }
  }

  #run(step: ProgramStep): number {
    const { root } = this.#parts.kit;
    const number = this.#steps.length + 1;
    const program = `${root}/${step.program}`;
    this.#steps.push({ ...step, number, id: this.#idOf(step.id), program, root });
    return number;
  }

  #expect(sum: Sum, after: number, more: Partial<Expectation> = {}): void {
    const path = `${this.#parts.kit.root}/${sum.path}`;
    this.#published.set(sum.path, sum.sha256);
    this.#expectations.push({ ...sum, path, size: null, source: 'bundle', after, ...more });
  }

  #note(code: string, message: string, origin: Origin): void {
    this.#notes.push({ code: `live-bootstrap.${code}`, message, origin });
  }

  /** The second step of a name has `.2` added, and so on. */
  #idOf(name: string): string {
    const id = name
      .toLowerCase()
      .replace(/[^a-z0-9._+-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '')
      .slice(0, 90);
    const times = (this.#ids.get(id) ?? 0) + 1;
    this.#ids.set(id, times);
    return times === 1 ? id : `${id}.${times}`;
  }
}

/** What an action does, without its place in the plan. */
type Unplaced<T> = T extends unknown ? Omit<T, 'number' | 'id' | 'stage' | 'title' | 'origin'> : never;
type FileAction = Unplaced<FileStep>;

/** The last two parts of a script's path. */
function stem(file: string): string {
  const folder = posix.basename(posix.dirname(file));
  const name = posix.basename(file, '.kaem');
  return folder === '' || folder === '.' ? name : `${folder}-${name}`;
}
