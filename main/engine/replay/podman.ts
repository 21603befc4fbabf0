import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { elsewhere, hardening, marked, mount, stayHere, sweepMarked } from './engine-options.ts';
import { ROOM_INSIDE, TREE_INSIDE } from './enter-program.ts';
import { layEntrance } from './entered.ts';
import { HOST_ENVIRONMENT } from './host-tools.ts';
import { ALLOW_NAMESPACES, type Runtime } from './runtime.ts';

/** Options by which podman works on machines where it does not as it is. */
interface Way {
  readonly runtime?: string;
  /** True to ask for no higher limits than this process has: root without CAP_SYS_RESOURCE may not. */
  readonly limits?: boolean;
}

/** podman, without a daemon, as root and as any user with subordinate users. */
export const podman: Runtime = {
  ...podmanBy({}),
  // crun refuses cgroups of version 1 beside those of version 2, runc does not.
  ways: [{}, { runtime: 'runc' }, { limits: true }, { runtime: 'runc', limits: true }].map(podmanBy),
};

function podmanBy(way: Way): Runtime {
  return {
    name: 'podman',
    program: 'podman',
    versionPattern: /podman version (\S+)/,
    install: 'sudo apt-get install podman uidmap',
    cure,
    weaker: false,
    adds: [],
    outsidePath: () => TREE_INSIDE,
    unobservable: null,
    waits: 'in order',
    setUp: () => elsewhere('CONTAINER_HOST'),
    sweep: (tool, owner) => sweepMarked([tool.path, '--log-level', 'error'], environment(), owner),
    command(tool, request) {
      const name = `assay-${randomBytes(8).toString('hex')}`;
      const { room, note, argv } = layEntrance(request, { uid: 0, gid: 0 });
      const empty = join(request.scratch, 'root');
      mkdirSync(empty);
      const own = [tool.path, '--log-level', 'error', ...(way.runtime ? ['--runtime', way.runtime] : [])];
      return {
        argv: [
          ...own,
          ...['run', '--rm', '--name', name, ...hardening, '--no-hosts', '--read-only-tmpfs=false'],
          ...[...marked(request), '--cap-add', 'SETFCAP', ...(way.limits ? limits() : [])],
          ...(request.gate === undefined ? [] : ['--preserve-fds', '1']),
          ...[...mount(request.root, TREE_INSIDE), ...mount(room, ROOM_INSIDE)],
          ...['--rootfs', empty, ...argv],
        ],
        environment: environment(),
        note,
        remove: [...own, 'rm', '--force', '--time', '0', '--ignore', name],
      };
    },
  };
}

/** Where podman keeps what it knows is told by these. Nothing of them reaches a container. */
function environment(): Record<string, string> {
  const { XDG_RUNTIME_DIR } = process.env;
  const rootless = process.geteuid?.() !== 0 && XDG_RUNTIME_DIR !== undefined;
  return { ...HOST_ENVIRONMENT, HOME: homedir(), ...(rootless && { XDG_RUNTIME_DIR }) };
}

/** The hard limits of this process, as far as the kernel can give them. */
function limits(): string[] {
  const text = readFileSync('/proc/self/limits', 'utf8');
  const hard = (name: string) =>
    Number(new RegExp(`^${name} +\\S+ +(\\d+)`, 'm').exec(text)?.[1] ?? Number.MAX_SAFE_INTEGER);
  const processes = Number(readFileSync('/proc/sys/kernel/pid_max', 'utf8'));
  return [
    ...['--ulimit', `nofile=${hard('Max open files')}`],
    ...['--ulimit', `nproc=${Math.min(hard('Max processes'), processes)}`],
  ];
}

function cure(said: string): string {
  const stay = stayHere(said);
  if (stay) return stay;
  if (/newuidmap|newgidmap/.test(said)) return 'Install uidmap: sudo apt-get install uidmap';
  if (/subuid|subgid|insufficient UIDs|ids? mapping/i.test(said)) {
    return 'Give your user subordinate users: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "$USER"';
  }
  return ALLOW_NAMESPACES;
}
