import { mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssayError } from '../base/index.ts';
import type { KitDescription } from '../chain/index.ts';
import { findTool, type HostTool, identifyTool } from './host-tools.ts';
import { chooseRuntime, findUsableRuntime, runProbe } from './probe.ts';
import {
  FOREIGN_ARCHITECTURES,
  type ForeignArchitecture,
  foreignExitProgram,
  machineNumber,
} from './probe-programs.ts';
import type { Emulator, ReadyRuntime, Runtime, RuntimeProbe } from './runtime.ts';

/** The processor that a kit's programs are for. */
export type Architecture = KitDescription['kit']['architecture'];

/** What an x86-64 kernel runs by itself. */
const NATIVE: readonly Architecture[] = ['x86', 'amd64'];
const INSTALL = 'sudo apt-get install qemu-user-static';
const VERSION = /version (\S+)/;
/** Where a machine shows what it runs other processors' programs with. */
const REGISTRATIONS = '/proc/sys/fs/binfmt_misc';

/**
 * The runtime of that name, or the best one here, ready to run programs for a processor. Where that is not this machine's,
 * qemu stands in for it. Throws `runtime.*`, `foreign.unknown-architecture`, `foreign.no-emulator`, `foreign.unusable`.
 */
export async function chooseRuntimeFor(architecture: Architecture, name?: string): Promise<ReadyRuntime> {
  const ready = await chooseRuntime(name);
  if (NATIVE.includes(architecture)) return ready;
  if (!isForeign(architecture)) {
    throw new AssayError({
      kind: 'machine',
      code: 'foreign.unknown-architecture',
      message: `programs for ${architecture} cannot be run on this machine, and Assay knows no emulator to try`,
      cure: 'Review the seed and its source here, and replay on a machine of that kind.',
    });
  }
  const { probe, ready: foreign } = await tryForeign(ready, architecture);
  if (foreign) return foreign;
  throw new AssayError({
    kind: 'machine',
    code: probe.tool ? 'foreign.unusable' : 'foreign.no-emulator',
    message: probe.problem ?? `programs for ${architecture} cannot be run here`,
    ...(probe.cure && { cure: probe.cure }),
  });
}

/** Tries programs for every other processor in the best runtime of this machine. */
export async function probeForeign(): Promise<RuntimeProbe[]> {
  const ready = await findUsableRuntime();
  if (!ready) return [];
  return Promise.all(FOREIGN_ARCHITECTURES.map(async each => (await tryForeign(ready, each)).probe));
}

function isForeign(architecture: Architecture): architecture is ForeignArchitecture {
  return FOREIGN_ARCHITECTURES.some(each => each === architecture);
}

/**
 * Tries to have the kernel start qemu for programs of another processor, wherever in a container one starts: told of it for
 * the container alone (Linux 6.7 and later), else as the machine was told before. Starting qemu with the program as its
 * argument would not do: what that program starts in turn would fail.
 */
async function tryForeign(
  ready: ReadyRuntime,
  architecture: ForeignArchitecture,
): Promise<{ probe: RuntimeProbe; ready: ReadyRuntime | null }> {
  const name = `qemu-${architecture}`;
  const common = { name, weaker: false };
  const fail = (tool: HostTool | null, problem: string, cure: string) => ({
    probe: { ...common, usable: false, tool, problem, cure },
    ready: null,
  });
  const emulators = [privateEmulator(name, architecture), machineEmulator(name, architecture)];
  let said = '';
  for (const emulator of emulators) {
    if (!emulator) continue;
    const way = withEmulator(ready, emulator);
    const result = await runProbe(way, foreignExitProgram(architecture));
    if (result.status === 0) {
      const { tool } = emulator;
      return { probe: { ...common, usable: true, tool, problem: null, cure: null }, ready: way };
    }
    said ||= result.said;
  }
  const tool = emulators.find(emulator => emulator !== null)?.tool ?? null;
  if (!tool)
    return fail(null, `${name} is not on this machine, and programs for ${architecture} need it`, INSTALL);
  return fail(
    tool,
    `${ready.runtime.name} cannot run programs for ${architecture}: ${said}`,
    `Use Linux 6.7 or later with the runtime bubblewrap; or let the machine know ${name}: sudo apt-get install qemu-user-static binfmt-support`,
  );
}

function privateEmulator(name: string, architecture: ForeignArchitecture): Emulator | null {
  // The one that is not static would look for its libraries inside the container.
  const path = findTool(`${name}-static`) ?? findTool(name);
  if (path === undefined) return null;
  return { name, architecture, tool: identifyTool(path, VERSION), registered: 'private' };
}

/** What the machine was told to start, when it keeps the file open (flag F), so that the container need not have it. */
function machineEmulator(name: string, architecture: ForeignArchitecture): Emulator | null {
  try {
    for (const entry of readdirSync(REGISTRATIONS)) {
      if (entry === 'register' || entry === 'status') continue;
      const text = readFileSync(join(REGISTRATIONS, entry), 'latin1');
      const program = /^interpreter (.+)$/m.exec(text)?.[1] ?? '';
      const fits =
        basename(program).startsWith(name) || basename(program).startsWith(`${architecture}-binfmt`);
      if (!fits || !/^enabled$/m.test(text) || !/^flags: .*F/m.test(text)) continue;
      const tool = identifyTool(realpathSync(program), VERSION);
      return { name, architecture, tool, registered: 'machine' };
    }
  } catch {
    // Nothing is mounted there, or the program is gone: then the machine runs no such programs.
  }
  return null;
}

function withEmulator({ runtime, tool }: ReadyRuntime, emulator: Emulator): ReadyRuntime {
  return {
    runtime: emulator.registered === 'private' ? registering(runtime, emulator) : runtime,
    tool,
    emulator,
  };
}

/** Tells the kernel in a user namespace of its own, then starts the container in there. */
const REGISTER = '"$1" -t binfmt_misc none "$2" && printf %s "$3" > "$2/register" && shift 3 && exec "$@"';

/** A runtime whose containers are started where the kernel knows the emulator. */
function registering(runtime: Runtime, emulator: Emulator): Runtime {
  return {
    ...runtime,
    command(tool, request) {
      const place = join(request.scratch, 'binfmt');
      mkdirSync(place);
      const command = runtime.command(tool, request);
      return {
        ...command,
        argv: [
          ...[findTool('unshare') ?? 'unshare', '--map-root-user', '--mount', '--'],
          ...['/bin/sh', '-c', REGISTER, 'sh', findTool('mount') ?? 'mount', place],
          registration(emulator),
          ...command.argv,
        ],
      };
    },
  };
}

/**
 * A line for binfmt_misc (Linux, Documentation/admin-guide/binfmt-misc.rst): ELF64 programs, low byte first, of any system
 * interface version, executables or shared objects, of one processor. F: the file is opened now, outside the container; P: the
 * program gets its own argv[0].
 */
function registration({ architecture, tool }: Emulator): string {
  const low = machineNumber(architecture);
  const hex = (bytes: readonly number[]) =>
    bytes.map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  const magic = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Array<number>(9).fill(0), 2, 0, low, 0];
  const mask = magic.map((_, i) => (i === 7 ? 0 : i === 16 ? 0xfe : 0xff));
  return `:assay-${architecture}:M::${hex(magic)}:${hex(mask)}:${tool.path}:FP`;
}
