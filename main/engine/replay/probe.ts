import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '../base/index.ts';
import { bubblewrap } from './bubblewrap.ts';
import { runContained } from './contained.ts';
import { docker } from './docker.ts';
import { findTool, type HostTool, identifyTool } from './host-tools.ts';
import { podman } from './podman.ts';
import { connectProgram, exitProgram } from './probe-programs.ts';
import { runc } from './runc.ts';
import type { HostCommand, ReadyRuntime, Runtime, RuntimeProbe } from './runtime.ts';
import { removeFolder } from './tree-folder.ts';
import { unshare } from './unshare.ts';

/** The runtimes Assay knows, the best first. Another one is one more file and one more name here. */
export const RUNTIMES: readonly Runtime[] = [bubblewrap, runc, podman, docker, unshare];

/** ENETUNREACH, EHOSTUNREACH, EAFNOSUPPORT, EPERM: the kernel had no way out to offer. */
const NO_NETWORK = new Set([101, 113, 97, 1]);
const PROBE_SECONDS = 10;

/**
 * Runs a small program, one of the two or one that is given, as the only file of a container's root. `wrap` puts something before the command line.
 * Gives the exit status, null when it did not exit by itself, and the last line it or the runtime said.
 */
export async function runProbe(
  ready: ReadyRuntime,
  what: 'exit' | 'connect' | Buffer,
  wrap: (command: HostCommand) => HostCommand = command => command,
): Promise<{ status: number | null; said: string }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-probe-')));
  try {
    const [root, scratch] = [join(folder, 'root'), join(folder, 'scratch')];
    mkdirSync(root, { mode: 0o755 });
    mkdirSync(scratch);
    const program = what === 'exit' ? exitProgram() : what === 'connect' ? connectProgram() : what;
    writeFileSync(join(root, 'probe'), program, { mode: 0o755 });
    const request = { argv: ['/probe'], start: '/probe', root, cwd: '/', environment: [], scratch };
    const said: Uint8Array[] = [];
    const sink = { write: (chunk: Uint8Array) => void said.push(Uint8Array.from(chunk)) };
    const end = await runContained(
      wrap(ready.runtime.command(ready.tool, request)),
      { seconds: PROBE_SECONDS, output: 65_536 },
      { stdout: sink, stderr: sink },
    );
    const lines = Buffer.concat(said).toString('utf8').trim().split('\n');
    return {
      status: end.killed || end.problem ? null : end.status,
      said: lines.at(-1) || end.problem?.error || `ended with status ${end.status}`,
    };
  } finally {
    removeFolder(folder);
  }
}

/** Tries one runtime: finds its program and runs a program in a container. Never throws for what the machine lacks. */
export async function probeRuntime(
  runtime: Runtime,
): Promise<{ probe: RuntimeProbe; ready: ReadyRuntime | null }> {
  const { name, weaker } = runtime;
  const fail = (tool: HostTool | null, problem: string, cure: string) => ({
    probe: { name, weaker, usable: false, tool, problem, cure },
    ready: null,
  });
  if (process.arch !== 'x64') {
    return fail(null, `Assay has no probe for ${process.arch}`, 'Replay on an x86-64 machine.');
  }
  const path = findTool(runtime.program);
  if (path === undefined) return fail(null, `${runtime.program} is not on this machine`, runtime.install);
  const tool = identifyTool(path, runtime.versionPattern);
  const { way, said } = await findWay(runtime, tool);
  if (!way) return fail(tool, `${runtime.program} cannot start a container: ${said}`, runtime.cure(said));
  return {
    probe: { name, weaker, usable: true, tool, problem: null, cure: null },
    ready: { runtime: way, tool },
  };
}

/** The way in which each runtime worked; what this process found out need not be found out again. */
const knownWays = new Map<string, Runtime>();

/** The first way in which a runtime starts a program, or what was said when the last one failed. */
async function findWay(runtime: Runtime, tool: HostTool): Promise<{ way: Runtime | null; said: string }> {
  const known = knownWays.get(runtime.name);
  let said = runtime.setUp?.(tool) ?? '';
  if (said !== '') return { way: null, said };
  for (const way of known ? [known] : (runtime.ways ?? [runtime])) {
    const result = await runProbe({ runtime: way, tool }, 'exit');
    if (result.status === 0) {
      knownWays.set(runtime.name, way);
      return { way, said: '' };
    }
    said = result.said;
  }
  return { way: null, said };
}

/** Tries every runtime, the best first. */
export async function probeRuntimes(): Promise<RuntimeProbe[]> {
  const probes: RuntimeProbe[] = [];
  for (const runtime of RUNTIMES) probes.push((await probeRuntime(runtime)).probe);
  return probes;
}

/** The best runtime that works here, or null. */
export async function findUsableRuntime(): Promise<ReadyRuntime | null> {
  for (const runtime of RUNTIMES) {
    const { ready } = await probeRuntime(runtime);
    if (ready) return ready;
  }
  return null;
}

/**
 * The runtime of that name, or the best that works here. Throws `runtime.unknown` for a name that Assay does not know,
 * `runtime.unusable` when the named one does not work, `runtime.none` when none does.
 */
export async function chooseRuntime(name?: string): Promise<ReadyRuntime> {
  if (name === undefined) {
    const ready = await findUsableRuntime();
    if (ready) return ready;
    throw new AssayError({
      kind: 'machine',
      code: 'runtime.none',
      message: 'no container can be started on this machine',
      cure: `Install bubblewrap: ${bubblewrap.install}. What was tried: assay doctor`,
    });
  }
  const runtime = RUNTIMES.find(each => each.name === name);
  if (!runtime) {
    throw new AssayError({
      kind: 'input',
      code: 'runtime.unknown',
      message: `'${name}' is not a runtime`,
      cure: `Known are: ${RUNTIMES.map(each => each.name).join(', ')}.`,
    });
  }
  const { probe, ready } = await probeRuntime(runtime);
  if (ready) return ready;
  throw new AssayError({
    kind: 'machine',
    code: 'runtime.unusable',
    message: probe.problem ?? `${name} cannot be used`,
    ...(probe.cure && { cure: probe.cure }),
  });
}

/** Whether a program in a container can reach out: `none` when the kernel refused for lack of a network. */
export async function measureNetwork(ready: ReadyRuntime): Promise<'none' | 'unknown'> {
  const { status } = await runProbe(ready, 'connect');
  return status !== null && NO_NETWORK.has(status) ? 'none' : 'unknown';
}
