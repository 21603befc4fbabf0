import { inputError } from '../../base/index.ts';
import type { Origin } from '../plan.ts';
import { configurationText, type Variable } from './configuration.ts';
import type { Directive } from './manifest.ts';
import { TracedText } from './traced-text.ts';

/** What upstream's script-generator writes: files by their path from the chain's root. */
export type GeneratedFiles = ReadonlyMap<string, TracedText>;

/** Most bytes of all generated scripts of one run. */
const GENERATED_LIMIT = 32 << 20;

/** The script that kaem runs. */
export const FIRST_SCRIPT = 'steps/0.sh';

/** Whether a directive ends a script: what follows it is run by another bash, or after a jump. */
export function endsScript({ kind, argument }: Directive): boolean {
  return kind === 'jump' || (kind === 'build' && argument.startsWith('bash-'));
}

/**
 * The scripts that the chain's own script-generator makes of a manifest: `steps/0.sh` for kaem, and from the first bash on further ones for
 * bash, begun anew with each bash that is built and each jump. `environment` is `steps/env`. Throws `live-bootstrap.too-large`.
 */
export function generateScripts(
  directives: readonly Directive[],
  variables: readonly Variable[],
  environment: TracedText,
): GeneratedFiles {
  const generator = new Generator(variables, environment);
  for (const directive of directives) generator.add(directive);
  generator.files.set('steps/bootstrap.cfg', configurationText(variables));
  return generator.files;
}

class Generator {
  readonly files = new Map<string, TracedText>();
  readonly #variables: readonly Variable[];
  readonly #environment: TracedText;
  /** Whether a bash was built. */
  #bash = false;
  #next = 0;
  #bytes = 0;
  #out: TracedText;

  constructor(variables: readonly Variable[], environment: TracedText) {
    this.#variables = variables;
    this.#environment = environment;
    this.#out = this.#start({ file: 'steps/manifest', line: 1 });
  }

  add({ kind, argument, origin, pass }: Directive): void {
    if (kind === 'build') this.#build(argument, pass, origin);
    else if (kind === 'improve') this.#out.add(this.#call(`improve/${argument}`, true), origin);
    else if (kind === 'jump') this.#jump(argument, origin);
    else this.#out.add(`uninstall ${argument}\n`, origin);
  }

  #build(name: string, pass: number, origin: Origin): void {
    this.#out.add(
      this.#bash
        ? `build ${name} pass${pass}.sh\n`
        : `pkg=${name}\ncd \${pkg}\nkaem --file pass${pass}.kaem\ncd ..\n`,
      origin,
    );
    if (!name.startsWith('bash-')) return;
    if (!this.#bash) {
      const jump = new TracedText();
      jump.add(`set -ex\nPATH=/usr/bin\nbash /steps/${this.#next}.sh\n`, origin);
      this.files.set('preseed-jump.kaem', jump);
    }
    this.#bash = true;
    this.#out.add(this.#call(`${this.#next}`, false), origin);
    this.#out = this.#start(origin);
  }

  #jump(name: string, origin: Origin): void {
    const start = this.#bash ? `init.${this.#next}` : `kaem.run.${this.#next}`;
    const install = this.#bash
      ? `mv /init /init.bak\ncp /${start} /init\nchmod 755 /init\n`
      : `cp /${start} /kaem.run\ncp /usr/bin/kaem /init\nchmod 755 /init\n`;
    this.#out.add(install + this.#call(`jump/${name}`, true), origin);
    const begin = new TracedText();
    begin.add((this.#bash ? '#!/bin/bash\n' : 'set -ex\n') + this.#call(`${this.#next}`, false), origin);
    this.files.set(start, begin);
    this.#out = this.#start(origin);
  }

  #call(script: string, sourced: boolean): string {
    const command = !this.#bash ? 'kaem --file' : sourced ? '.' : 'bash';
    return `${command} /steps/${script}.sh\n`;
  }

  #start(origin: Origin): TracedText {
    const out = new TracedText();
    if (this.#bash) out.add(`#!/bin/bash\n${BASH_START}`, origin);
    else {
      out.add('set -ex\ncd /steps\n', origin);
      out.addText(configurationText(this.#variables));
      out.addText(this.#environment);
    }
    this.#bytes += out.length;
    if (this.#bytes > GENERATED_LIMIT)
      throw inputError('live-bootstrap.too-large', 'the generated scripts would be too large', origin);
    this.files.set(`steps/${this.#next}.sh`, out);
    this.#next += 1;
    return out;
  }
}

/** How every script for bash begins when nobody is there to answer questions. */
export const BASH_START = 'set -e\ncd /steps\n. ./bootstrap.cfg\n. ./env\n. ./helpers.sh\n';
