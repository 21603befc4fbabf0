import type { HostTool } from './host-tools.ts';
import type { ForeignArchitecture } from './probe-programs.ts';
import type { Machine } from './record.ts';

/** Who the program is inside a container, the same with every runtime. */
export const CONTAINER_USER = { uid: 1000, gid: 1000 } as const;
/** The host name inside a container. */
export const CONTAINER_HOSTNAME = 'assay';

/** One program to run in a container. */
export interface ContainerRequest {
  readonly argv: readonly string[];
  /** What is executed: `argv[0]`, or that name in the folder of PATH in which it is found. */
  readonly start: string;
  /** Absolute path, links resolved, of the folder that is the container's `/`. */
  readonly root: string;
  /** Absolute path inside the container. */
  readonly cwd: string;
  readonly environment: readonly (readonly [string, string])[];
  /** A descriptor to read a byte from before the program starts, when everything else is ready. */
  readonly gate?: number;
  /** For a runtime whose containers are not below the process that starts them; in bytes, but for the number of processes. */
  readonly limits?: { readonly file: number; readonly memory: number; readonly processes: number };
  /** Names whoever made the container, so that what is left of it can be found; see `sweep`. */
  readonly owner?: string;
  /** Absolute path of an empty folder for what the runtime needs besides the tree. The caller removes it after the end. */
  readonly scratch: string;
}

/** A command line of this machine, with the environment it is to be started with. */
export interface HostCommand {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of a file in which the container's first process notes how the program ended; see `readNote`. */
  readonly note?: string;
  /** A command line that ends the container and takes away what is left of it, when that is not done by killing alone. */
  readonly remove?: readonly string[];
  /** True when the kernel ends all of it as soon as Assay ends, however that happens. */
  readonly tied?: boolean;
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
  /** What to do when it is there but starts no container and said this. */
  cure(said: string): string;
  /** True when it keeps the program apart less well. */
  readonly weaker: boolean;
  /** What it puts into the environment or the tree by itself. */
  readonly adds: readonly string[];
  /** What stands before a path of the container in what an observer outside sees; gets `root`. */
  outsidePath(root: string): string;
  /** Why no observer can stand outside; null when one can. */
  readonly unobservable: string | null;
  /** Whether it heeds a gate, so that a container can be made ready while an earlier step runs. */
  readonly waits: 'no' | 'in order' | 'opens when broken';
  /** The same with other settings, to be tried in this order until one works; without it, it is tried as it is. */
  readonly ways?: readonly Runtime[];
  /** Does what has to be done once on a machine. Gives what went wrong, or null. */
  setUp?(tool: HostTool): string | null;
  /** Takes away containers that were left by an owner of whom nothing runs any more. */
  sweep?(tool: HostTool, owner: string): void;
  /** Builds the command line and fills the request's scratch folder. Throws `runtime.environment` when a variable cannot be passed safely. */
  command(tool: HostTool, request: ContainerRequest): HostCommand;
}

/** What to do where a runtime may not make user namespaces. */
export const ALLOW_NAMESPACES =
  'Allow unprivileged user namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0';

/**
 * Whether containers may wait at a gate. Where a gate also opens when Assay is killed, the next program would start then; only
 * the observer's process namespace, which ends with Assay, keeps it from that.
 */
export function mayWait({ waits }: Runtime, observed: boolean): boolean {
  return waits === 'in order' || (waits === 'opens when broken' && observed);
}

/** A program of this machine that stands in for another processor, tried here. */
export interface Emulator {
  readonly name: string;
  /** Of the programs that it runs. */
  readonly architecture: ForeignArchitecture;
  readonly tool: HostTool;
  /** `private`: the kernel is told of it for each container alone; `machine`: it was told for all of the machine before. */
  readonly registered: 'private' | 'machine';
}

/** A runtime that has run a program on this machine. */
export interface ReadyRuntime {
  readonly runtime: Runtime;
  readonly tool: HostTool;
  /** What runs the chain's programs, when this machine's processor does not. */
  readonly emulator?: Emulator;
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
