import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Processor } from '../structure/index.ts';

/** One instruction as the disassembler reads it. Operands are in the notation of the machine's maker, Intel's for x86. */
export interface Decoded {
  readonly length: number;
  readonly mnemonic: string;
  readonly operands: string;
}

/** Reads instructions of one machine. */
export interface Decoder {
  /** The instruction that these bytes begin with, at this address; null when they are none. */
  decode(bytes: Uint8Array, address: bigint): Decoded | null;
}

/** What is used of Capstone. */
interface Capstone {
  readonly Capstone: new (
    architecture: number,
    mode: number,
  ) => {
    option(option: number, value: number): void;
    disasm_iter(
      bytes: Uint8Array,
      address: bigint,
      found: (instruction: { size: number; mnemonic: string; op_str: string }) => boolean,
    ): number;
  };
  readonly [constant: `${'ARCH' | 'MODE'}_${string}`]: number;
}
interface Instance {
  readonly exports: object;
}
type MakeCapstone = (settings: {
  instantiateWasm(imports: object, done: (instance: Instance) => void): object;
}) => Promise<Capstone>;

/** What Node has, and its types leave to those of a browser. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (code: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => Instance;
  };
};

let loading: Promise<(machine: Processor) => Decoder> | null = null;

/**
 * Loads the disassembler, once: its WebAssembly is read from the file beside it and from nowhere else. The function that it
 * gives has one decoder for each machine, which is kept as long as the process.
 */
export function loadDecoders(): Promise<(machine: Processor) => Decoder> {
  loading ??= load();
  return loading;
}

async function load(): Promise<(machine: Processor) => Decoder> {
  const require = createRequire(import.meta.url);
  const make = require('@alexaltea/capstone-js') as MakeCapstone;
  const code = readFileSync(require.resolve('@alexaltea/capstone-js/dist/capstone.wasm'));
  const module = new WebAssembly.Module(code);
  const capstone = await make({
    // Given here, so that the library does not look for the file itself.
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
  });
  const kept = new Map<Processor, Decoder>();
  return machine => {
    const decoder = kept.get(machine) ?? decoderOf(capstone, machine);
    kept.set(machine, decoder);
    return decoder;
  };
}

function decoderOf(capstone: Capstone, machine: Processor): Decoder {
  const { ARCH_X86, ARCH_ARM, ARCH_ARM64, ARCH_RISCV } = capstone;
  const { MODE_16, MODE_32, MODE_64, MODE_RISCV32 = 0, MODE_RISCV64 = 0, MODE_RISCVC = 0 } = capstone;
  const modes: Readonly<Record<Processor, [number | undefined, number | undefined]>> = {
    'x86-16': [ARCH_X86, MODE_16],
    x86: [ARCH_X86, MODE_32],
    amd64: [ARCH_X86, MODE_64],
    arm: [ARCH_ARM, 0],
    aarch64: [ARCH_ARM64, 0],
    riscv32: [ARCH_RISCV, MODE_RISCV32 | MODE_RISCVC],
    riscv64: [ARCH_RISCV, MODE_RISCV64 | MODE_RISCVC],
  };
  const [architecture = 0, mode = 0] = modes[machine];
  const handle = new capstone.Capstone(architecture, mode);
  return {
    decode(bytes, address) {
      let decoded: Decoded | null = null;
      handle.disasm_iter(bytes, address, ({ size, mnemonic, op_str }) => {
        decoded = { length: size, mnemonic, operands: op_str };
        return false;
      });
      return decoded;
    },
  };
}
