/** What the options of a full kaem ask for. */
export interface KaemOptions {
  /** The script as it was named. */
  readonly file: string;
  readonly strict: boolean;
  /** Whether it forgets the environment that it is started with. */
  readonly init: boolean;
}

/**
 * Reads the arguments of a full kaem, its own name first. Gives null when it would read no script (`--help`, `--version`), and a
 * text that says what is wrong with them when it would stop with an error.
 */
export function kaemOptions(argv: readonly string[]): KaemOptions | string | null {
  let options: KaemOptions = { file: 'kaem.run', strict: true, init: false };
  for (let i = 1; i < argv.length; i += 1) {
    const option = argv[i] ?? '';
    switch (option) {
      case '-h':
      case '--help':
      case '-V':
      case '--version':
        return null;
      case '-f':
      case '--file':
        i += 1;
        options = { ...options, file: argv[i] ?? options.file };
        break;
      case '-i':
      case '--init-mode':
        options = { ...options, init: true };
        break;
      case '--strict':
        options = { ...options, strict: true };
        break;
      case '--non-strict':
        options = { ...options, strict: false };
        break;
      case '-v':
      case '--verbose':
      case '--warn':
      case '--show-exit-codes':
        break;
      case '--':
        return options;
      case '--fuzz':
        return 'with --fuzz kaem runs no program';
      default:
        return `kaem has no option '${option}'`;
    }
  }
  return options;
}
