import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import flags from '../contract/node-flags.json' with { type: 'json' };

/** What an engine is started from. */
export interface EngineProgram {
  /** Assay's own Node. */
  readonly node: string;
  /** `main/engine/service/main.ts` of this installation. */
  readonly main: string;
}

/** A way to start the engine, and what it does to its network. */
export interface Launch {
  /** Whether the process gets a network namespace of its own, with nothing in it. */
  readonly isolated: boolean;
  /** Why it does not, in one sentence. */
  readonly reason: string | null;
  readonly prefix: readonly string[];
}

const isRoot = process.getuid?.() === 0;

/** Keeps the user's id in the new user namespace: runc and keys' agents ask for it. */
const UNSHARE = isRoot ? ['unshare', '--net', '--'] : ['unshare', '--map-current-user', '--net', '--'];

/** The engine in an empty network namespace where this machine lets it; found out by trying. */
export function chooseLaunch(): Launch {
  if (process.platform !== 'linux') return shared('only Linux can give a process an empty network');
  const [command = '', ...args] = UNSHARE;
  const { status, error, stderr } = spawnSync(command, [...args, 'true'], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (status === 0) return { isolated: true, reason: null, prefix: UNSHARE };
  const why = error ? error.message : (stderr.trim().split('\n')[0] ?? '');
  return shared(`this system does not let it have one of its own (${why})`);
}

/** The engine with the network of the machine. */
export function shared(reason: string): Launch {
  return { isolated: false, reason, prefix: [] };
}

/** Starts an engine with a JSON channel; it ends when the channel closes. */
export function startEngine(program: EngineProgram, launch: Launch): ChildProcess {
  const line = [...launch.prefix, program.node, ...flags, program.main];
  const [command = '', ...args] = line;
  return spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    env: engineEnvironment(),
  });
}

/** The environment without what is meant for Electron or could change how Node runs. */
function engineEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(ELECTRON_|CHROME_|NODE_)/.test(name)),
  );
}
