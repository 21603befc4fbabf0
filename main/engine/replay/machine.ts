import { readFileSync } from 'node:fs';
import { machine as architecture, release } from 'node:os';
import { assayIdentity, sha256OfFile } from '../base/index.ts';
import type { ReadyObserver } from './observer.ts';
import { measureNetwork } from './probe.ts';
import type { Machine } from './record.ts';
import { CONTAINER_HOSTNAME, CONTAINER_USER, type ReadyRuntime } from './runtime.ts';

/** Describes this machine and measures what a container here can reach. Two calls on an unchanged machine agree. */
export async function describeMachine(ready: ReadyRuntime, observer: ReadyObserver | null): Promise<Machine> {
  const { runtime, tool, emulator } = ready;
  return {
    format: 1,
    kernel: release(),
    architecture: architecture(),
    processor: processorModel(),
    runtime: {
      name: runtime.name,
      version: tool.version,
      sha256: tool.sha256,
      weaker: runtime.weaker,
      adds: [...runtime.adds],
    },
    observer: observer && {
      name: observer.name,
      version: observer.tool.version,
      sha256: observer.tool.sha256,
    },
    ...(emulator && {
      emulator: {
        name: emulator.name,
        architecture: emulator.architecture,
        version: emulator.tool.version,
        sha256: emulator.tool.sha256,
        registered: emulator.registered,
      },
    }),
    node: { version: process.version, sha256: nodeSha256() },
    assay: assayIdentity(),
    container: {
      ...CONTAINER_USER,
      hostname: CONTAINER_HOSTNAME,
      network: await measureNetwork(ready),
    },
  };
}

let node: string | undefined;

function nodeSha256(): string {
  node ??= sha256OfFile(process.execPath).sha256;
  return node;
}

/** The first `model name` that the kernel gives, `unknown` when it gives none. */
function processorModel(): string {
  return /^model name\s*:\s*(.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.trim() ?? 'unknown';
}
