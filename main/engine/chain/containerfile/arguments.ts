import type { ContainerfilePlan } from '../kit.ts';
import type { PackageFile } from './package-file.ts';
import { WordError } from './words.ts';

/** Where build arguments get their values. */
export class BuildArguments {
  readonly #kit: ContainerfilePlan;
  readonly #package: PackageFile | null;
  /** Declared before the first FROM; undefined for one without a value. */
  readonly #global = new Map<string, string | undefined>();

  constructor(kit: ContainerfilePlan, packageFile: PackageFile | null) {
    this.#kit = kit;
    this.#package = packageFile;
  }

  /** What an argument is: given from outside, else its default, else what was declared before the first FROM. */
  valueOf(name: string, preset: string | undefined): string | undefined {
    const outside = this.#kit.arguments[name] ?? this.#package?.arguments.get(name) ?? this.#ofPlatform(name);
    return outside ?? preset ?? this.#global.get(name);
  }

  declareGlobal(name: string, value: string | undefined): void {
    this.#global.set(name, value);
  }

  global(name: string): string | undefined {
    return this.#global.get(name);
  }

  /** What a word of a FROM may refer to. */
  inFrom(name: string): string | undefined {
    return this.#global.get(name) ?? this.#ofPlatform(name);
  }

  #ofPlatform(name: string): string | undefined {
    if (/^BUILD(PLATFORM|OS|ARCH|VARIANT)$/.test(name)) {
      throw new WordError(`${name} depends on the machine that builds`);
    }
    const { platform } = this.#kit;
    const known: Record<string, string> = {
      TARGETPLATFORM: platform,
      TARGETOS: 'linux',
      TARGETARCH: platform.slice('linux/'.length),
    };
    return known[name];
  }
}
