import type { HostTool } from './host-tools.ts';
import type { Machine } from './record.ts';

/** Who the program is inside a container, the same with every runtime. */
export const CONTAINER_USER = { uid: 1000, gid: 1000 } as const;
/** The host name inside a container. */
export const CONTAINER_HOSTNAME = 'assay';

/** One program to run in a container. */
export interface ContainerRequest {
  readonly argv: readonly string[];
  /** Absolute path, links resolved, of the folder that is the container's `/`. */
  readonly root: string;
  /** Absolute path inside the container. */
  readonly cwd: string;
  readonly environment: readonly (readonly [string, string])[];
  /** A descriptor to read a byte from before the program starts, when everything else is ready. */
  readonly gate?: number;
}

/** A command line of this machine, with the environment it is to be started with. */
export interface HostCommand {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A way to run a program in a folder as its root, with nothing else there. One file each. */
export interface Runtime {
  readonly name: Machine['runtime']['name'];
  /** The program of this machine that does it. */
  readonly program: string;
  /** Captures the version in what the program prints for `--version`. */
  readonly versionPattern: RegExp;
  /** The shell line that installs it. */
  readonly install: string;
  /** True when it keeps the program apart less well. */
  readonly weaker: boolean;
  /** What it puts into the environment or the tree by itself. */
  readonly adds: readonly string[];
  /** True when the paths an observer outside sees are those of this machine, not those of the container. */
  readonly hostPaths: boolean;
  /** Whether it heeds a gate, so that a container can be made ready while an earlier step runs. */
  readonly waits: boolean;
  /** Builds the command line. Throws `runtime.environment` when a variable cannot be passed safely. */
  command(tool: HostTool, request: ContainerRequest): HostCommand;
}

/** A runtime that has run a program on this machine. */
export interface ReadyRuntime {
  readonly runtime: Runtime;
  readonly tool: HostTool;
}

/** What trying a runtime or an observer gave. */
export interface RuntimeProbe {
  readonly name: string;
  readonly usable: boolean;
  readonly weaker: boolean;
  /** Null when the program is not on this machine. */
  readonly tool: HostTool | null;
  /** Why it cannot be used; null when it can. */
  readonly problem: string | null;
  /** What to do about it; null when it can be used. */
  readonly cure: string | null;
}
