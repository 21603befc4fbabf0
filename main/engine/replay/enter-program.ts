import { elf } from './probe-programs.ts';

/** Where, in a container made by runc, podman or docker, the tree stands, and the folder with `enter` and `end`. */
export const TREE_INSIDE = '/tree';
export const ROOM_INSIDE = '/room';

/**
 * The first process of a container. Called with the maps of users and groups, a text that is empty when there is no gate,
 * the working folder, the program's path, its variables, an empty text, and its arguments.
 */
const ENTER_CODE = Buffer.from(
  [
    '488d5c2408', // lea rbx, [rsp+0x8]
    // what came of it is noted in /room/end
    '488d3d85010000', // lea rdi, [rip+0x185]
    'be01000800', // mov esi, 0x80001
    'b802000000', // mov eax, 0x2
    '0f05', // syscall
    '89c5', // mov ebp, eax
    // a user namespace of its own
    'bf00000010', // mov edi, 0x10000000
    'b810010000', // mov eax, 0x110
    '0f05', // syscall
    '85c0', // test eax, eax
    '0f8838010000', // js 166
    // in which the owner of the tree is user 1000
    '488d3d66010000', // lea rdi, [rip+0x166]
    '488d3574010000', // lea rsi, [rip+0x174]
    'e8a0000000', // call e1
    '488d3d6d010000', // lea rdi, [rip+0x16d]
    '488b7308', // mov rsi, qword [rbx+0x8]
    'e890000000', // call e1
    '488d3d70010000', // lea rdi, [rip+0x170]
    '488b7310', // mov rsi, qword [rbx+0x10]
    'e880000000', // call e1
    // with a gate: one byte from descriptor 3 opens it
    '488b4318', // mov rax, qword [rbx+0x18]
    '803800', // cmp byte [rax], 0x0
    '742e', // je 98
    'bf03000000', // mov edi, 0x3
    '488d7424f8', // lea rsi, [rsp-0x8]
    'ba01000000', // mov edx, 0x1
    '31c0', // xor eax, eax
    '0f05', // syscall
    '4189c4', // mov r12d, eax
    'bf03000000', // mov edi, 0x3
    'b803000000', // mov eax, 0x3
    '0f05', // syscall
    '31c0', // xor eax, eax
    '4183fc01', // cmp r12d, 0x1
    '0f85ce000000', // jne 166
    // the program runs in a process of its own
    'b839000000', // mov eax, 0x39
    '0f05', // syscall
    '85c0', // test eax, eax
    '0f88bf000000', // js 166
    '746f', // je 118
    '4189c4', // mov r12d, eax
    // which may not look into this one
    'bf04000000', // mov edi, 0x4
    '31f6', // xor esi, esi
    'b89d000000', // mov eax, 0x9d
    '0f05', // syscall
    // processes end until that one does
    '83cfff', // or edi, 0xffffffff
    '488d7424fc', // lea rsi, [rsp-0x4]
    '31d2', // xor edx, edx
    '4531d2', // xor r10d, r10d
    'b83d000000', // mov eax, 0x3d
    '0f05', // syscall
    '4439e0', // cmp eax, r12d
    '75e7', // jne ba
    // kind 1: how it ended
    '8b4424fc', // mov eax, dword [rsp-0x4]
    'b901000000', // mov ecx, 0x1
    'e98c000000', // jmp 16d
    // put: writes the text at rsi into the file named at rdi
    '4989f5', // mov r13, rsi
    'be01000000', // mov esi, 0x1
    'b802000000', // mov eax, 0x2
    '0f05', // syscall
    '85c0', // test eax, eax
    '7872', // js 166
    '89c7', // mov edi, eax
    '4c89ee', // mov rsi, r13
    '31d2', // xor edx, edx
    '803c1600', // cmp byte [rsi+rdx*1], 0x0
    '7404', // je 105
    'ffc2', // inc edx
    'ebf6', // jmp fb
    'b801000000', // mov eax, 0x1
    '0f05', // syscall
    '85c0', // test eax, eax
    '7856', // js 166
    'b803000000', // mov eax, 0x3
    '0f05', // syscall
    'c3', // ret
    // child: the tree becomes its root
    '488d3dbc000000', // lea rdi, [rip+0xbc]
    'b8a1000000', // mov eax, 0xa1
    '0f05', // syscall
    '85c0', // test eax, eax
    '783c', // js 166
    // then the working folder
    '488b7b20', // mov rdi, qword [rbx+0x20]
    'b850000000', // mov eax, 0x50
    '0f05', // syscall
    '85c0', // test eax, eax
    '782d', // js 166
    // the empty text after the variables becomes the end of their list
    '488b7b28', // mov rdi, qword [rbx+0x28]
    '488d5330', // lea rdx, [rbx+0x30]
    '4889d6', // mov rsi, rdx
    '488b06', // mov rax, qword [rsi]
    '4883c608', // add rsi, 0x8
    '803800', // cmp byte [rax], 0x0
    '75f4', // jne 144
    '48c746f800000000', // mov qword [rsi-0x8], 0x0
    'b83b000000', // mov eax, 0x3b
    '0f05', // syscall
    // kind 2: the program did not start
    'b902000000', // mov ecx, 0x2
    'eb05', // jmp 16b
    // fail, kind 3: the container could not be made
    'b903000000', // mov ecx, 0x3
    'f7d8', // neg eax
    // report
    '894c24f8', // mov dword [rsp-0x8], ecx
    '894424fc', // mov dword [rsp-0x4], eax
    '89ef', // mov edi, ebp
    '488d7424f8', // lea rsi, [rsp-0x8]
    'ba08000000', // mov edx, 0x8
    'b801000000', // mov eax, 0x1
    '0f05', // syscall
    '31ff', // xor edi, edi
    'b8e7000000', // mov eax, 0xe7
    '0f05', // syscall
  ].join(''),
  'hex',
);

const ENTER_TEXTS = [
  '/room/end',
  '/proc/self/setgroups',
  'deny',
  '/proc/self/uid_map',
  '/proc/self/gid_map',
  '/tree',
];

/**
 * A static program that makes `/tree` the root of another one, which it starts as its child and waits for. The child is in a
 * user namespace of its own, without capabilities. `/room/end` is told how it ended: two 32-bit numbers, a kind and a value.
 * Kind 1, it ended: the value is that of wait(2). Kind 2, it did not start, and kind 3, its container could not be made:
 * the value is the error number.
 */
export function enterProgram(): Buffer {
  return elf(
    Buffer.concat([ENTER_CODE, Buffer.from(ENTER_TEXTS.map(text => `${text}\0`).join(''), 'latin1')]),
  );
}
