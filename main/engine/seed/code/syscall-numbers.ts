import type { Processor } from '../structure/index.ts';

/** Numbers of Linux's system calls: those that programs of a bootstrap make, and those that would be news in one. */
const AMD64 = `read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11 brk 12
rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17 pwrite64 18 readv 19 writev 20 access 21 pipe 22 select 23
sched_yield 24 mremap 25 msync 26 madvise 28 dup 32 dup2 33 pause 34 nanosleep 35 getitimer 36 alarm 37 setitimer 38 getpid 39
sendfile 40 socket 41 connect 42 accept 43 sendto 44 recvfrom 45 shutdown 48 bind 49 listen 50 socketpair 53 clone 56 fork 57
vfork 58 execve 59 exit 60 wait4 61 kill 62 uname 63 fcntl 72 flock 73 fsync 74 fdatasync 75 truncate 76 ftruncate 77 getdents 78
getcwd 79 chdir 80 fchdir 81 rename 82 mkdir 83 rmdir 84 creat 85 link 86 unlink 87 symlink 88 readlink 89 chmod 90 fchmod 91
chown 92 fchown 93 lchown 94 umask 95 gettimeofday 96 getrlimit 97 getrusage 98 sysinfo 99 times 100 ptrace 101 getuid 102
getgid 104 setuid 105 setgid 106 geteuid 107 getegid 108 setpgid 109 getppid 110 getpgrp 111 setsid 112 getgroups 115 getpgid 121
rt_sigsuspend 130 sigaltstack 131 utime 132 mknod 133 personality 135 statfs 137 fstatfs 138 pivot_root 155 prctl 157
arch_prctl 158 setrlimit 160 chroot 161 sync 162 settimeofday 164 mount 165 umount2 166 reboot 169 sethostname 170 gettid 186
tkill 200 time 201 futex 202 getdents64 217 set_tid_address 218 clock_settime 227 clock_gettime 228 clock_getres 229
clock_nanosleep 230 exit_group 231 tgkill 234 utimes 235 waitid 247 openat 257 mkdirat 258 mknodat 259 fchownat 260 futimesat 261
newfstatat 262 unlinkat 263 renameat 264 linkat 265 symlinkat 266 readlinkat 267 fchmodat 268 faccessat 269 ppoll 271 unshare 272
utimensat 280 fallocate 285 accept4 288 dup3 292 pipe2 293 prlimit64 302 renameat2 316 getrandom 318 memfd_create 319
execveat 322 copy_file_range 326 statx 332 io_uring_setup 425 clone3 435 faccessat2 439`;

const X86 = `exit 1 fork 2 read 3 write 4 open 5 close 6 waitpid 7 creat 8 link 9 unlink 10 execve 11 chdir 12 time 13 mknod 14
chmod 15 lchown 16 lseek 19 getpid 20 mount 21 umount 22 setuid 23 getuid 24 stime 25 ptrace 26 alarm 27 pause 29 utime 30
access 33 sync 36 kill 37 rename 38 mkdir 39 rmdir 40 dup 41 pipe 42 times 43 brk 45 setgid 46 getgid 47 signal 48 geteuid 49
getegid 50 umount2 52 ioctl 54 fcntl 55 setpgid 57 umask 60 chroot 61 dup2 63 getppid 64 getpgrp 65 setsid 66 sigaction 67
sethostname 74 setrlimit 75 getrlimit 76 getrusage 77 gettimeofday 78 settimeofday 79 getgroups 80 symlink 83 readlink 85
reboot 88 old_mmap 90 munmap 91 truncate 92 ftruncate 93 fchmod 94 fchown 95 statfs 99 fstatfs 100 socketcall 102 setitimer 104
getitimer 105 stat 106 lstat 107 fstat 108 wait4 114 sysinfo 116 fsync 118 sigreturn 119 clone 120 uname 122 mprotect 125
sigprocmask 126 getpgid 132 fchdir 133 personality 136 _llseek 140 getdents 141 select 142 flock 143 msync 144 readv 145
writev 146 fdatasync 148 sched_yield 158 nanosleep 162 mremap 163 poll 168 prctl 172 rt_sigreturn 173 rt_sigaction 174
rt_sigprocmask 175 rt_sigsuspend 179 pread64 180 pwrite64 181 chown 182 getcwd 183 sigaltstack 186 sendfile 187 vfork 190
ugetrlimit 191 mmap2 192 truncate64 193 ftruncate64 194 stat64 195 lstat64 196 fstat64 197 lchown32 198 getuid32 199 getgid32 200
geteuid32 201 getegid32 202 pivot_root 217 madvise 219 getdents64 220 fcntl64 221 gettid 224 tkill 238 futex 240
set_thread_area 243 exit_group 252 set_tid_address 258 clock_settime 264 clock_gettime 265 clock_getres 266 clock_nanosleep 267
tgkill 270 utimes 271 waitid 284 openat 295 mkdirat 296 mknodat 297 fchownat 298 futimesat 299 fstatat64 300 unlinkat 301
renameat 302 linkat 303 symlinkat 304 readlinkat 305 fchmodat 306 faccessat 307 ppoll 309 unshare 310 utimensat 320 fallocate 324
dup3 330 pipe2 331 prlimit64 340 renameat2 353 getrandom 355 memfd_create 356 execveat 358 socket 359 socketpair 360 bind 361
connect 362 listen 363 accept4 364 sendto 369 recvfrom 371 shutdown 373 copy_file_range 377 statx 383 clock_gettime64 403
io_uring_setup 425 clone3 435 faccessat2 439`;

/** Those that AArch64 and RISC-V share. */
const GENERIC = `getcwd 17 dup 23 dup3 24 fcntl 25 ioctl 29 flock 32 mknodat 33 mkdirat 34 unlinkat 35 symlinkat 36 linkat 37
umount2 39 mount 40 pivot_root 41 statfs 43 fstatfs 44 truncate 45 ftruncate 46 fallocate 47 faccessat 48 chdir 49 fchdir 50
chroot 51 fchmod 52 fchmodat 53 fchownat 54 fchown 55 openat 56 close 57 pipe2 59 getdents64 61 read 63 write 64 readv 65
writev 66 pread64 67 pwrite64 68 sendfile 71 readlinkat 78 sync 81 fsync 82 fdatasync 83 personality 92 exit 93 exit_group 94
waitid 95 set_tid_address 96 unshare 97 getitimer 102 setitimer 103 ptrace 117 sched_yield 124 kill 129 tkill 130 tgkill 131
sigaltstack 132 rt_sigsuspend 133 rt_sigaction 134 rt_sigprocmask 135 rt_sigreturn 139 reboot 142 setgid 144 setuid 146 times 153
setpgid 154 getpgid 155 setsid 157 getgroups 158 uname 160 sethostname 161 getrusage 165 umask 166 prctl 167 getpid 172
getppid 173 getuid 174 geteuid 175 getgid 176 getegid 177 gettid 178 sysinfo 179 socket 198 socketpair 199 bind 200 listen 201
accept 202 connect 203 sendto 206 recvfrom 207 shutdown 210 brk 214 munmap 215 mremap 216 clone 220 execve 221 mprotect 226
msync 227 madvise 233 accept4 242 prlimit64 261 renameat2 276 getrandom 278 memfd_create 279 execveat 281 copy_file_range 285
statx 291 io_uring_setup 425 clone3 435 faccessat2 439`;

/** Those of the generic numbers that need 64 bits, or the time in 32. */
const GENERIC_64 = `lseek 62 ppoll 73 newfstatat 79 fstat 80 utimensat 88 futex 98 nanosleep 101 clock_settime 112
clock_gettime 113 clock_getres 114 clock_nanosleep 115 getrlimit 163 setrlimit 164 gettimeofday 169 settimeofday 170 mmap 222
wait4 260`;

const ARM = `exit 1 fork 2 read 3 write 4 open 5 close 6 creat 8 link 9 unlink 10 execve 11 chdir 12 mknod 14 chmod 15 lchown 16
lseek 19 getpid 20 mount 21 setuid 23 getuid 24 ptrace 26 pause 29 access 33 sync 36 kill 37 rename 38 mkdir 39 rmdir 40 dup 41
pipe 42 times 43 brk 45 setgid 46 getgid 47 geteuid 49 getegid 50 umount2 52 ioctl 54 fcntl 55 setpgid 57 umask 60 chroot 61
dup2 63 getppid 64 getpgrp 65 setsid 66 sigaction 67 sethostname 74 setrlimit 75 getrusage 77 gettimeofday 78 settimeofday 79
getgroups 80 symlink 83 readlink 85 reboot 88 munmap 91 truncate 92 ftruncate 93 fchmod 94 fchown 95 statfs 99 fstatfs 100
setitimer 104 getitimer 105 stat 106 lstat 107 fstat 108 wait4 114 sysinfo 116 fsync 118 sigreturn 119 clone 120 uname 122
mprotect 125 sigprocmask 126 getpgid 132 fchdir 133 personality 136 _llseek 140 getdents 141 flock 143 msync 144 readv 145
writev 146 fdatasync 148 sched_yield 158 nanosleep 162 mremap 163 poll 168 prctl 172 rt_sigreturn 173 rt_sigaction 174
rt_sigprocmask 175 rt_sigsuspend 179 pread64 180 pwrite64 181 chown 182 getcwd 183 sigaltstack 186 sendfile 187 vfork 190
ugetrlimit 191 mmap2 192 truncate64 193 ftruncate64 194 stat64 195 lstat64 196 fstat64 197 lchown32 198 getuid32 199 getgid32 200
geteuid32 201 getegid32 202 getdents64 217 pivot_root 218 madvise 220 fcntl64 221 gettid 224 tkill 238 futex 240 exit_group 248
set_tid_address 256 clock_settime 262 clock_gettime 263 clock_getres 264 clock_nanosleep 265 tgkill 268 utimes 269 waitid 280
socket 281 bind 282 connect 283 listen 284 accept 285 socketpair 288 sendto 290 recvfrom 292 shutdown 293 openat 322 mkdirat 323
mknodat 324 fchownat 325 futimesat 326 fstatat64 327 unlinkat 328 renameat 329 linkat 330 symlinkat 331 readlinkat 332
fchmodat 333 faccessat 334 ppoll 336 unshare 337 utimensat 348 fallocate 352 dup3 358 pipe2 359 accept4 366 prlimit64 369
renameat2 382 getrandom 384 memfd_create 385 execveat 387 copy_file_range 391 statx 397 clock_gettime64 403 io_uring_setup 425
clone3 435 faccessat2 439`;

function table(...texts: readonly string[]): ReadonlyMap<bigint, string> {
  const words = texts.join(' ').split(/\s+/);
  const pairs: [bigint, string][] = [];
  for (let i = 0; i < words.length; i += 2) pairs.push([BigInt(words[i + 1] ?? -1), words[i] ?? '']);
  return new Map(pairs);
}

/** Names of system calls by number, for each machine. In real mode there are none. */
export const CALL_NUMBERS: Readonly<Record<Processor, ReadonlyMap<bigint, string>>> = {
  amd64: table(AMD64),
  x86: table(X86),
  arm: table(ARM),
  aarch64: table(GENERIC, GENERIC_64, 'renameat 38'),
  riscv64: table(GENERIC, GENERIC_64),
  // Its kernel never had calls with a time of 32 bits, nor offsets in one register.
  riscv32: table(GENERIC, '_llseek 62 mmap2 222 clock_gettime64 403'),
  'x86-16': new Map(),
};
