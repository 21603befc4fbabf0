import { posix } from 'node:path';
import type { AssayError } from '../../base/index.ts';
import { type DescriptionFiles, Notes } from '../kaem/index.ts';
import type { ContainerfilePlan } from '../kit.ts';
import { isTreePath, type Plan } from '../plan.ts';
import { BuildArguments } from './arguments.ts';
import { type Copy, copyOf } from './copy.ts';
import { argEntry, copyEntry, envEntry, runEntry, shellEntry, workdirEntry } from './history.ts';
import { descriptionError, type Instruction, readInstructions } from './instructions.ts';
import { neededFrom } from './needed.ts';
import { PACKAGE_LIMIT, type PackageFile, readPackageFile } from './package-file.ts';
import { Places, ROOTS } from './places.ts';
import { type NewStep, PlanSteps } from './plan-steps.ts';
import { argvOf, checkFlags } from './run.ts';
import { scriptCommands } from './script.ts';
import { inStage, lookupIn, newStage, programEnvironment, type Stage, setVariable } from './stage.ts';
import { argWords, envPairs, shellWords } from './variables.ts';
import { expand, expandText, WordError } from './words.ts';

const FILE_LIMIT = 4 << 20;
const WRITTEN_MODE = 0o644;

/**
 * The plan reader `containerfile`: the stages that the target needs, each with a root of its own in the tree, in the order of the
 * file. File actions become steps of the workstation. Throws `containerfile.*` with file and line for everything that is not
 * in docs/readers.md: nothing is guessed.
 */
export function readContainerfile(kit: ContainerfilePlan, files: DescriptionFiles): Plan {
  return new ContainerfileReader(kit, files).plan();
}

class ContainerfileReader {
  readonly #kit: ContainerfilePlan;
  readonly #files: DescriptionFiles;
  readonly #package: PackageFile | null;
  readonly #arguments: BuildArguments;
  readonly #steps: PlanSteps;
  readonly #places: Places;
  readonly #notes = new Notes();
  #stage: Stage | null = null;
  #instruction: Instruction | null = null;

  constructor(kit: ContainerfilePlan, files: DescriptionFiles) {
    this.#kit = kit;
    this.#files = files;
    this.#package =
      kit.package === undefined ? null : readPackageFile(files.read(kit.package, PACKAGE_LIMIT), kit.package);
    this.#arguments = new BuildArguments(kit, this.#package);
    this.#steps = new PlanSteps(kit.file);
    this.#places = new Places(kit, files, this.#steps);
  }

  plan(): Plan {
    const { file, results, context } = this.#kit;
    if (this.#files.type(file) !== 'file') throw this.#error('the bundle has no such file', 'no-file');
    const ignore = context === undefined ? '.dockerignore' : `${context}/.dockerignore`;
    if (this.#files.type(ignore) !== null) throw this.#error(`'${ignore}' is not supported`);
    if (this.#files.type(ROOTS) !== null)
      throw this.#error(`the bundle has something of its own in '${ROOTS}'`);
    const instructions = readInstructions(this.#files.read(file, FILE_LIMIT), file);
    const needed = neededFrom(instructions, file, this.#kit.target);
    for (const instruction of needed.instructions) this.#read(instruction);
    const last = this.#places.stages.find(stage => stage.name === needed.target);
    if (!last) throw this.#error('there is no FROM', 'no-stage');
    const { package: packageFile } = this.#kit;
    return {
      format: 1,
      reader: 'containerfile',
      results: results.length > 0 ? results : [last.root],
      stages: this.#places.all.map(({ name }) => ({ id: name, title: `Stage ${name}` })),
      steps: this.#steps.all,
      declares: false,
      description: [file, ...(packageFile === undefined ? [] : [packageFile]), ...this.#places.description],
      notes: this.#notes.list(),
      image: {
        root: last.root,
        architecture: this.#architecture,
        environment: last.environment,
        workingFolder: last.workingFolder,
        ...(last.shellIsSet && { shell: [...last.shell] }),
        history: last.history,
      },
    };
  }

  get #architecture(): string {
    return this.#kit.platform.slice('linux/'.length);
  }

  get #line(): number {
    return this.#instruction?.line ?? 1;
  }

  #read(instruction: Instruction): void {
    this.#instruction = instruction;
    try {
      this.#dispatch(instruction);
    } catch (error) {
      if (error instanceof WordError) throw this.#error(error.message);
      throw error;
    }
  }

  #dispatch(instruction: Instruction): void {
    const { keyword, rest } = instruction;
    checkFlags(instruction);
    if (keyword === 'FROM') this.#from(instruction);
    else if (keyword === 'ARG') this.#arg(rest);
    else if (keyword === 'ENV') this.#env(rest);
    else if (keyword === 'WORKDIR') this.#workdir(rest);
    else if (keyword === 'SHELL') this.#shell(rest);
    else if (keyword === 'RUN') this.#run(instruction);
    else if (keyword === 'COPY' || keyword === 'ADD') this.#copy(instruction);
    else throw this.#error(`${keyword} is not supported`);
  }

  get #current(): Stage {
    if (!this.#stage) throw this.#error('this must come after a FROM');
    return this.#stage;
  }

  #expand(word: string): string {
    return expand(word, this.#stage ? lookupIn(this.#stage) : name => this.#arguments.global(name));
  }

  #from({ rest, flags, line }: Instruction): void {
    const words = rest.split(/\s+/);
    const inFrom = (word: string) => expand(word, name => this.#arguments.inFrom(name));
    const platform = inFrom(flags.get('platform') ?? this.#kit.platform);
    if (!/^linux\/[a-z0-9]+$/.test(platform))
      throw this.#error(`the platform '${platform}' is not supported`);
    this.#stage = null;
    const name = (words[2] ?? `stage-${line}`).toLowerCase();
    const from = inFrom(words[0] ?? '');
    const architecture = platform.slice('linux/'.length);
    const base = from === 'scratch' ? null : this.#places.source(from, { architecture, line, stage: null });
    const stage = newStage(name, `${ROOTS}/${name}`, base);
    this.#places.stages.push(stage);
    this.#stage = stage;
    const target = { to: stage.root, into: false, mode: null };
    if (base) this.#add({ action: 'copy', from: base.root, ...target }, `Begin with ${base.name}`);
    else this.#add({ action: 'mkdir', path: stage.root }, 'Begin with nothing');
  }

  #arg(rest: string): void {
    const all = argWords(rest).map(({ name, preset }): [string, string | undefined] => {
      const value = this.#arguments.valueOf(name, preset === undefined ? undefined : this.#expand(preset));
      if (!this.#stage) this.#arguments.declareGlobal(name, value);
      else if (this.#stage.environment.some(each => each[0] === name && each[1] !== value)) {
        throw this.#error(`the argument ${name} is a variable already`);
      } else this.#stage.arguments.set(name, value);
      return [name, value];
    });
    this.#stage?.history.push(argEntry(all));
  }

  #env(rest: string): void {
    const stage = this.#current;
    const pairs = envPairs(rest, word => this.#expand(word));
    for (const [name, value] of pairs) setVariable(stage.environment, name, value);
    stage.history.push(envEntry(pairs));
  }

  #workdir(rest: string): void {
    const stage = this.#current;
    const path = posix.resolve(stage.workingFolder, this.#expand(rest));
    stage.workingFolder = path;
    const step =
      path === '/'
        ? null
        : this.#add({ action: 'mkdir', path: this.#tree(stage.root + path) }, `Folder ${path}`);
    stage.history.push(workdirEntry(stage, path, step));
  }

  #shell(rest: string): void {
    const stage = this.#current;
    [stage.shell, stage.shellIsSet] = [shellWords(rest), true];
    stage.history.push(shellEntry(stage.shell));
  }

  #run(instruction: Instruction): void {
    const stage = this.#current;
    const argv = argvOf(instruction, stage.shell);
    const name = argv[0] ?? '';
    const program = stage.root + posix.resolve(stage.workingFolder, name);
    if (!name.includes('/'))
      throw this.#error(`'${name}' would be searched for; name the program by its path`);
    const commands = scriptCommands(this.#kit, stage, program, argv, this.#notes);
    const steps = commands
      ? commands.map(command => this.#program(stage, command.words, command.line))
      : [this.#program(stage, argv, instruction.line)];
    stage.texts.clear();
    stage.history.push(runEntry(stage, argv, steps));
  }

  #program(stage: Stage, argv: readonly string[], line: number): number {
    const name = argv[0] ?? '';
    if (!name.includes('/'))
      throw this.#error(`'${name}' would be searched for; name the program by its path`);
    const program = this.#tree(stage.root + posix.resolve(stage.workingFolder, name));
    return this.#add(
      {
        ...{ action: 'run', argv: [...argv], program, root: stage.root, cwd: stage.workingFolder },
        ...{ environment: programEnvironment(stage), inputs: [], outputs: [] },
        ...{ timeoutSeconds: this.#kit.timeout, expectedStatus: 0 },
      },
      [posix.basename(name), ...argv.slice(1)].join(' '),
      line,
    );
  }

  #copy(instruction: Instruction): void {
    const stage = this.#current;
    const copy = copyOf(
      instruction,
      word => this.#expand(word),
      problem => this.#error(problem),
    );
    const to = inStage(stage, copy.to);
    const into = to.isFolder || copy.sources.length + copy.heredocs.length > 1;
    const asking = { architecture: this.#architecture, line: instruction.line, stage };
    const from = copy.from === null ? null : this.#places.folder(copy.from, asking);
    const steps = copy.sources.map(source =>
      this.#copyOne(copy, source, from, { to: this.#tree(to.path), into }),
    );
    for (const heredoc of copy.heredocs) {
      const path = this.#tree(into ? `${to.path}/${heredoc.name}` : to.path);
      const text = heredoc.expands ? expandText(heredoc.text, lookupIn(stage)) : heredoc.text;
      stage.texts.set(path, { text, line: heredoc.line });
      const mode = copy.mode ?? WRITTEN_MODE;
      steps.push(this.#add({ action: 'write', path, text, mode }, `Write ${posix.basename(path)}`));
    }
    stage.history.push(copyEntry(stage, copy, steps));
  }

  #copyOne(copy: Copy, source: string, from: string | null, target: { to: string; into: boolean }): number {
    const inside = posix.resolve('/', source).slice(1);
    const base = from ?? this.#kit.context ?? '';
    const path = this.#tree([base, inside].filter(part => part !== '').join('/'));
    const title = `${copy.isAdd ? 'Add' : 'Copy'} ${inside || 'all'}`;
    if (!copy.isAdd) return this.#add({ action: 'copy', from: path, ...target, mode: copy.mode }, title);
    if (this.#files.type(path) !== 'file') throw this.#error(`the bundle has no file '${path}'`, 'no-source');
    const sha256 = this.#package?.hashes.get(posix.basename(path)) ?? null;
    return this.#add({ action: 'add', from: path, ...target, mode: copy.mode, sha256 }, title);
  }

  #tree(path: string): string {
    if (!isTreePath(path)) throw this.#error(`'${path.slice(0, 200)}' is no path that the tree can hold`);
    return path;
  }

  #add(step: NewStep, title: string, line = this.#line): number {
    return this.#steps.add(this.#current.name, step, title, line);
  }

  #error(problem: string, code = 'not-supported'): AssayError {
    return descriptionError(this.#kit.file, this.#line, problem, code);
  }
}
