import type { Processor } from '../structure/index.ts';

/**
 * Arguments of Linux's system calls, by the names that their manual pages use; those that the kernel gives a machine otherwise have
 * that machine behind their name. A star: the kernel writes there, or may change what memory holds. A circumflex: 64 bits, in two
 * registers where they are of 32. Number and kind of each were compared with `include/linux/syscalls.h` of Linux 6.1.
 */
const SIGNATURES = `
accept sockfd addr* addrlen*
accept4 sockfd addr* addrlen* flags
access pathname mode
alarm seconds
arch_prctl op addr*
bind sockfd addr addrlen
brk addr
chdir path
chmod pathname mode
chown pathname owner group
chroot path
clock_getres clockid res*
clock_gettime clockid tp*
clock_gettime64 clockid tp*
clock_nanosleep clockid flags request remain*
clock_settime clockid tp
clone flags stack* parent_tid* tls child_tid*
clone@amd64 flags stack* parent_tid* child_tid* tls
clone3 cl_args* size
close fd
connect sockfd addr addrlen
copy_file_range fd_in off_in* fd_out off_out* len flags
creat pathname mode
dup oldfd
dup2 oldfd newfd
dup3 oldfd newfd flags
execve pathname argv envp
execveat dirfd pathname argv envp flags
exit status
exit_group status
faccessat dirfd pathname mode
faccessat2 dirfd pathname mode flags
fallocate fd mode offset^ len^
fchdir fd
fchmod fd mode
fchmodat dirfd pathname mode
fchown fd owner group
fchownat dirfd pathname owner group flags
fcntl fd op arg*
fcntl64 fd op arg*
fdatasync fd
flock fd op
fork
fstat fd statbuf*
fstat64 fd statbuf*
fstatat64 dirfd pathname statbuf* flags
fstatfs fd buf*
fstatfs64 fd size buf*
fsync fd
ftruncate fd length
ftruncate64 fd length^
futex uaddr* op val timeout uaddr2* val3
futimesat dirfd pathname times
getcwd buf* size
getdents fd dirp* count
getdents64 fd dirp* count
getegid
getegid32
geteuid
geteuid32
getgid
getgid32
getgroups size list*
getitimer which curr_value*
getpgid pid
getpgrp
getpid
getppid
getrandom buf* buflen flags
getrlimit resource rlim*
getrusage who usage*
gettid
gettimeofday tv* tz*
getuid
getuid32
io_uring_setup entries p*
ioctl fd op arg*
kill pid sig
lchown pathname owner group
lchown32 pathname owner group
link oldpath newpath
linkat olddirfd oldpath newdirfd newpath flags
listen sockfd backlog
_llseek fd offset_high offset_low result* whence
llseek fd offset_high offset_low result* whence
lseek fd offset whence
lstat pathname statbuf*
lstat64 pathname statbuf*
madvise addr* length advice
memfd_create name flags
mkdir pathname mode
mkdirat dirfd pathname mode
mknod pathname mode dev
mknodat dirfd pathname mode dev
mmap addr* length prot flags fd offset
mmap2 addr* length prot flags fd pgoffset
mount source target filesystemtype mountflags data
mprotect addr* size prot
mremap old_address* old_size new_size flags new_address
msync addr length flags
munmap addr* length
nanosleep request remain*
newfstatat dirfd pathname statbuf* flags
old_mmap arguments*
open pathname flags mode
openat dirfd pathname flags mode
pause
personality persona
pipe pipefd*
pipe2 pipefd* flags
pivot_root new_root put_old
poll fds* nfds timeout
ppoll fds* nfds tmo_p* sigmask sigsetsize
prctl op arg2* arg3* arg4* arg5*
pread64 fd buf* count offset^
prlimit64 pid resource new_limit old_limit*
ptrace op pid addr* data*
pwrite64 fd buf count offset^
read fd buf* count
readlink pathname buf* bufsiz
readlinkat dirfd pathname buf* bufsiz
readv fd iov* iovcnt
reboot magic magic2 op arg
recvfrom sockfd buf* len flags src_addr* addrlen*
rename oldpath newpath
renameat olddirfd oldpath newdirfd newpath
renameat2 olddirfd oldpath newdirfd newpath flags
rmdir pathname
rt_sigaction signum act oldact* sigsetsize
rt_sigprocmask how set oldset* sigsetsize
rt_sigreturn *
rt_sigsuspend mask sigsetsize
sched_yield
_newselect nfds readfds* writefds* exceptfds* timeout*
select nfds readfds* writefds* exceptfds* timeout*
sendfile out_fd in_fd offset* count
sendfile64 out_fd in_fd offset* count
sendto sockfd buf len flags dest_addr addrlen
set_thread_area u_info*
set_tid_address tidptr*
setgid gid
sethostname name len
setitimer which new_value old_value*
setpgid pid pgid
setrlimit resource rlim
setsid
settimeofday tv tz
setuid uid
shutdown sockfd how
sigaction signum act oldact*
sigaltstack ss old_ss*
signal signum handler
sigprocmask how set oldset*
sigreturn *
socket domain type protocol
socketcall call args*
socketpair domain type protocol sv*
stat pathname statbuf*
stat64 pathname statbuf*
statfs path buf*
statfs64 path size buf*
statx dirfd pathname flags mask statxbuf*
stime t
symlink target linkpath
symlinkat target newdirfd linkpath
sync
sysinfo info*
tgkill tgid tid sig
time tloc*
times buf*
tkill tid sig
truncate path length
truncate64 path length^
ugetrlimit resource rlim*
umask mask
umount target
umount2 target flags
uname buf*
unlink pathname
unlinkat dirfd pathname flags
unshare flags
utime filename times
utimensat dirfd pathname times flags
utimes filename times
vfork
wait4 pid wstatus* options rusage*
waitid idtype id infop* options rusage*
waitpid pid wstatus* options
write fd buf count
writev fd iov iovcnt
`;

/** An argument of a system call. */
export interface Parameter {
  readonly name: string;
  /** Whether the kernel may write where it points. */
  readonly out: boolean;
}

const TEXTS: ReadonlyMap<string, readonly string[]> = new Map(
  SIGNATURES.trim()
    .split('\n')
    .map(line => {
      const [name = '', ...args] = line.split(' ');
      return [name, args.filter(arg => arg !== '*')];
    }),
);

/** The arguments of a system call on a machine, one for each register in their order; null when they are not known. */
export function parametersOf(name: string, machine: Processor): readonly Parameter[] | null {
  const texts = TEXTS.get(`${name}@${machine}`) ?? TEXTS.get(name);
  if (!texts) return null;
  const narrow = machine === 'x86' || machine === 'arm' || machine === 'riscv32';
  const parameters: Parameter[] = [];
  for (const text of texts) {
    const plain = { name: text.replace(/[*^]$/, ''), out: text.endsWith('*') };
    if (!narrow || !text.endsWith('^')) parameters.push(plain);
    else {
      // On ARM it begins with an even register.
      if (machine === 'arm' && parameters.length % 2 === 1) parameters.push({ name: 'unused', out: false });
      parameters.push({ name: `${plain.name}_low`, out: false }, { name: `${plain.name}_high`, out: false });
    }
  }
  return parameters;
}

/** Whether the arguments of a system call are known. */
export const hasParameters = (name: string): boolean => TEXTS.has(name);
