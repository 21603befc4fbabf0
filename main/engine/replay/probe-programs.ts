/** The smallest programs that can be run in a container that holds nothing else. ELF for Linux, x86-64 if nothing else is said, made here byte by byte. */

/** EM_X86_64. */
const X86_64 = 62;
const LOAD_ADDRESS = 0x400000;
const ELF_HEADER = 64;
const PROGRAM_HEADER = 56;

/** exit_group(0). */
const EXIT_CODE = Buffer.from(
  [
    '31ff', //        xor edi, edi         status 0
    'b8e7000000', //  mov eax, 231         exit_group
    '0f05', //        syscall
  ].join(''),
  'hex',
);

/** Opens a TCP socket, connects it to 192.0.2.1 port 9 (RFC 5737: nobody's) and exits with the error number, 0 for none. */
const CONNECT_CODE = Buffer.from(
  [
    'bf02000000', //      mov edi, 2           AF_INET
    'be01000000', //      mov esi, 1           SOCK_STREAM
    '31d2', //            xor edx, edx
    'b829000000', //      mov eax, 41          socket
    '0f05', //            syscall
    '85c0', //            test eax, eax
    '7815', //            js +21               no socket: to `neg`
    '89c7', //            mov edi, eax
    '488d3519000000', //  lea rsi, [rip+25]    the address below
    'ba10000000', //      mov edx, 16          its size
    'b82a000000', //      mov eax, 42          connect
    '0f05', //            syscall
    'f7d8', //            neg eax              error number
    '89c7', //            mov edi, eax
    'b8e7000000', //      mov eax, 231         exit_group
    '0f05', //            syscall
    '0200', //            sin_family AF_INET
    '0009', //            sin_port 9
    'c0000201', //        sin_addr 192.0.2.1
    '0000000000000000', //
  ].join(''),
  'hex',
);

/** exit_group(0) as other processors have it, and their numbers in an ELF header (e_machine). */
const FOREIGN_EXIT = {
  aarch64: { machine: 183, code: '000080d2c80b80d2010000d4' }, // mov x0, 0; mov x8, 94; svc 0
  riscv64: { machine: 243, code: '130500009308e00573000000' }, // li a0, 0; li a7, 94; ecall
} as const;
/** Processors, other than this machine's own, that Assay has a probe for. */
export type ForeignArchitecture = keyof typeof FOREIGN_EXIT;
export const FOREIGN_ARCHITECTURES = Object.keys(FOREIGN_EXIT) as readonly ForeignArchitecture[];

/** A program that ends at once with status 0. */
export function exitProgram(): Buffer {
  return elf(EXIT_CODE);
}

/** The same for another processor. */
export function foreignExitProgram(architecture: ForeignArchitecture): Buffer {
  const { machine, code } = FOREIGN_EXIT[architecture];
  return elf(Buffer.from(code, 'hex'), machine);
}

/** The e_machine of another processor's programs. */
export function machineNumber(architecture: ForeignArchitecture): number {
  return FOREIGN_EXIT[architecture].machine;
}

/** A program that tries to reach another machine and ends with the error number. */
export function connectProgram(): Buffer {
  return elf(CONNECT_CODE);
}

/** One ELF64 header, one PT_LOAD segment readable and executable, then the code. */
export function elf(code: Buffer, machine: number = X86_64): Buffer {
  const start = ELF_HEADER + PROGRAM_HEADER;
  const file = Buffer.alloc(start + code.length);
  file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  file.writeUInt16LE(2, 16); // ET_EXEC
  file.writeUInt16LE(machine, 18); // e_machine
  file.writeUInt32LE(1, 20); // EV_CURRENT
  file.writeBigUInt64LE(BigInt(LOAD_ADDRESS + start), 24); // e_entry
  file.writeBigUInt64LE(BigInt(ELF_HEADER), 32); // e_phoff
  file.writeUInt16LE(ELF_HEADER, 52);
  file.writeUInt16LE(PROGRAM_HEADER, 54);
  file.writeUInt16LE(1, 56); // e_phnum
  file.writeUInt32LE(1, ELF_HEADER); // PT_LOAD
  file.writeUInt32LE(5, ELF_HEADER + 4); // readable, executable
  file.writeBigUInt64LE(BigInt(LOAD_ADDRESS), ELF_HEADER + 16);
  file.writeBigUInt64LE(BigInt(LOAD_ADDRESS), ELF_HEADER + 24);
  file.writeBigUInt64LE(BigInt(file.length), ELF_HEADER + 32);
  file.writeBigUInt64LE(BigInt(file.length), ELF_HEADER + 40);
  file.writeBigUInt64LE(0x1000n, ELF_HEADER + 48);
  code.copy(file, start);
  return file;
}
