import { posix } from 'node:path';
import type { AssayError } from '../../base/index.ts';
import { type DescriptionFiles, Notes } from '../kaem/index.ts';
import type { ContainerfilePlan } from '../kit.ts';
import { type FileStep, isTreePath, type Plan, type ProgramStep, STEP_LIMIT, type Step } from '../plan.ts';
import { BuildArguments } from './arguments.ts';
import { type Copy, copyOf } from './copy.ts';
import { descriptionError, type Instruction, readInstructions } from './instructions.ts';
import { neededFrom } from './needed.ts';
import { readOutside } from './outside.ts';
import { PACKAGE_LIMIT, type PackageFile, readPackageFile } from './package-file.ts';
import { argvOf, checkFlags } from './run.ts';
import { scriptCommands } from './script.ts';
import { inStage, lookupIn, newStage, programEnvironment, type Stage, setVariable } from './stage.ts';
import { expand, expandText, jsonStrings, splitWords, WordError } from './words.ts';

/** The folder of the tree in which each stage has its root. */
const ROOTS = 'roots';
const FILE_LIMIT = 4 << 20;
const WRITTEN_MODE = 0o644;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

type Without<T> = T extends unknown ? Omit<T, 'number' | 'id' | 'stage' | 'title' | 'origin'> : never;
type NewStep = Without<FileStep> | Without<ProgramStep>;

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
  readonly #stages: Stage[] = [];
  readonly #outside = new Map<string, Stage>();
  readonly #steps: Step[] = [];
  readonly #perLine = new Map<number, number>();
  readonly #notes = new Notes();
  readonly #description: string[];
  #stage: Stage | null = null;
  #instruction: Instruction | null = null;

  constructor(kit: ContainerfilePlan, files: DescriptionFiles) {
    this.#kit = kit;
    this.#files = files;
    this.#description = [kit.file, ...(kit.package === undefined ? [] : [kit.package])];
    this.#package =
      kit.package === undefined ? null : readPackageFile(files.read(kit.package, PACKAGE_LIMIT), kit.package);
    this.#arguments = new BuildArguments(kit, this.#package);
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
    const last = this.#stages.find(stage => stage.name === needed.target);
    if (!last) throw this.#error('there is no FROM', 'no-stage');
    return {
      format: 1,
      reader: 'containerfile',
      results: results.length > 0 ? results : [last.root],
      stages: [...this.#outside.values(), ...this.#stages].map(({ name }) => ({
        id: name,
        title: `Stage ${name}`,
      })),
      steps: this.#steps,
      declares: false,
      description: this.#description,
      notes: this.#notes.list(),
      image: {
        root: last.root,
        architecture: this.#architecture,
        environment: last.environment,
        workingFolder: last.workingFolder,
        layers: last.layers,
      },
    };
  }

  get #architecture(): string {
    return this.#kit.platform.slice('linux/'.length);
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
    if (keyword === 'FROM') this.#from(rest);
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

  #from(rest: string): void {
    const words = rest.split(/\s+/);
    const platform = this.#instruction?.flags.get('platform');
    const forPlatform = platform === undefined ? this.#kit.platform : this.#inFrom(platform);
    if (!/^linux\/[a-z0-9]+$/.test(forPlatform))
      throw this.#error(`the platform '${forPlatform}' is not supported`);
    this.#stage = null;
    const name = (words[2] ?? `stage-${this.#instruction?.line}`).toLowerCase();
    const from = this.#inFrom(words[0] ?? '');
    const base = from === 'scratch' ? null : this.#source(from, forPlatform.slice('linux/'.length));
    const stage = newStage(name, `${ROOTS}/${name}`, base);
    this.#stages.push(stage);
    this.#stage = stage;
    if (base)
      this.#add(
        { action: 'copy', from: base.root, to: stage.root, into: false, mode: null },
        `Begin with ${base.name}`,
      );
    else this.#add({ action: 'mkdir', path: stage.root }, 'Begin with nothing');
  }

  #inFrom(word: string): string {
    return expand(word, name => this.#arguments.inFrom(name));
  }

  /** A stage by its name, or an image from outside. */
  #source(name: string, architecture: string): Stage {
    const stage = this.#stages.findLast(each => each.name === name.toLowerCase() && each !== this.#stage);
    return stage ?? this.#outside.get(name) ?? this.#unpackOutside(name, architecture);
  }

  #unpackOutside(name: string, architecture: string): Stage {
    const image = this.#kit.image.find(
      each => each.name === name || `${each.name}@sha256:${each.digest}` === name,
    );
    if (!image)
      throw this.#error(`'${name}' is no stage of this file and no image that the kit names`, 'no-image');
    const found = readOutside(this.#files, image, architecture);
    this.#description.push(...found.description.filter(path => !this.#description.includes(path)));
    const id = `image-${this.#outside.size + 1}`;
    const stage = newStage(id, `${ROOTS}/${id}`, null);
    for (const [variable, value] of found.environment) setVariable(stage.environment, variable, value);
    stage.workingFolder = found.workingFolder;
    stage.shell = found.shell ?? stage.shell;
    this.#outside.set(name, stage);
    const user = this.#stage;
    this.#stage = stage;
    this.#add({ action: 'mkdir', path: stage.root }, `Root of ${name}`);
    for (const from of found.layers) {
      const step = this.#add(
        { action: 'layer', from, to: stage.root, sha256: posix.basename(from) },
        `Layer of ${name}`,
      );
      stage.layers.push({ steps: [step], createdBy: `layer of ${name}` });
    }
    this.#stage = user;
    return stage;
  }

  #arg(rest: string): void {
    for (const word of splitWords(rest)) {
      const equals = word.indexOf('=');
      const name = equals < 0 ? word : word.slice(0, equals);
      if (!NAME.test(name)) throw this.#error(`'${name}' is no name of an argument`);
      const value = this.#arguments.valueOf(
        name,
        equals < 0 ? undefined : this.#expand(word.slice(equals + 1)),
      );
      if (!this.#stage) this.#arguments.declareGlobal(name, value);
      else if (this.#stage.environment.some(each => each[0] === name && each[1] !== value)) {
        throw this.#error(`the argument ${name} is a variable already`);
      } else this.#stage.arguments.set(name, value);
    }
  }

  #env(rest: string): void {
    const stage = this.#current;
    const words = splitWords(rest);
    if (!words[0]?.includes('=')) {
      const [, name = '', value = ''] = /^(\S+)\s+([\s\S]*)$/.exec(rest) ?? [];
      if (!NAME.test(name)) throw this.#error('ENV needs a name and a value');
      setVariable(stage.environment, name, this.#expand(value));
      return;
    }
    // Every value is expanded with what was there before the instruction.
    const pairs = words.map(word => {
      const equals = word.indexOf('=');
      const name = word.slice(0, Math.max(equals, 0));
      if (!NAME.test(name)) throw this.#error(`'${word}' is not NAME=VALUE`);
      return [name, this.#expand(word.slice(equals + 1))] as const;
    });
    for (const [name, value] of pairs) setVariable(stage.environment, name, value);
  }

  #workdir(rest: string): void {
    const stage = this.#current;
    const path = posix.resolve(stage.workingFolder, this.#expand(rest));
    stage.workingFolder = path;
    if (path === '/') return;
    const step = this.#add({ action: 'mkdir', path: this.#tree(stage.root + path) }, `Folder ${path}`);
    stage.layers.push({ steps: [step], createdBy: `WORKDIR ${path}` });
  }

  #shell(rest: string): void {
    const words = jsonStrings(rest);
    if (!words?.[0]) throw this.#error('SHELL needs a JSON array of strings');
    this.#current.shell = words;
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
    stage.layers.push({ steps, createdBy: `RUN ${argv.join(' ')} # buildkit` });
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
    const from = copy.from === null ? null : this.#place(copy.from);
    const steps = copy.sources.map(source =>
      this.#copyOne(copy, source, from, { to: this.#tree(to.path), into }),
    );
    for (const heredoc of copy.heredocs) {
      const path = this.#tree(into ? `${to.path}/${heredoc.name}` : to.path);
      const text = heredoc.expands ? expandText(heredoc.text, lookupIn(stage)) : heredoc.text;
      stage.texts.set(path, { text, line: heredoc.line });
      steps.push(
        this.#add(
          { action: 'write', path, text, mode: copy.mode ?? WRITTEN_MODE },
          `Write ${posix.basename(path)}`,
        ),
      );
    }
    const words = [
      instruction.keyword,
      ...copy.sources,
      ...copy.heredocs.map(({ name }) => `<<${name}`),
      copy.to,
    ];
    stage.layers.push({ steps, createdBy: `${words.join(' ')} # buildkit` });
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

  /** The folder of the tree that a `--from` means: a stage, a folder that the kit names, `fetch`, or an image. */
  #place(name: string): string {
    const stage = this.#stages.findLast(each => each.name === name.toLowerCase() && each !== this.#stage);
    if (stage) return stage.root;
    const named = this.#kit.contexts[name];
    if (named !== undefined) return named;
    if (name === 'fetch') return this.#kit.context === undefined ? name : `${this.#kit.context}/${name}`;
    return this.#source(name, this.#architecture).root;
  }

  #tree(path: string): string {
    if (!isTreePath(path)) throw this.#error(`'${path.slice(0, 200)}' is no path that the tree can hold`);
    return path;
  }

  #add(step: NewStep, title: string, line = this.#instruction?.line ?? 1): number {
    const stage = this.#current;
    const number = this.#steps.length + 1;
    if (number > STEP_LIMIT) throw this.#error(`there are more than ${STEP_LIMIT} steps`);
    const origin = { file: this.#kit.file, line };
    const same = this.#perLine.get(line) ?? 0;
    this.#perLine.set(line, same + 1);
    const id = `${stage.name}-line-${origin.line}${same === 0 ? '' : `-${same + 1}`}`;
    this.#steps.push({ ...step, number, id, stage: stage.name, title: title.slice(0, 300), origin } as Step);
    return number;
  }

  #error(problem: string, code = 'not-supported'): AssayError {
    return descriptionError(this.#kit.file, this.#instruction?.line ?? 1, problem, code);
  }
}
