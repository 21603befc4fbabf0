import { AssayError } from '../base/index.ts';
import { findTool } from './host-tools.ts';
import { ALLOW_NAMESPACES, CONTAINER_HOSTNAME, CONTAINER_USER, type Runtime } from './runtime.ts';

/** Variables by which the C library or the shell of this machine would be led before the program starts. */
const UNSAFE =
  /^(LD_|GLIBC_|MALLOC_|MUSL_|GCONV_PATH|GETCONF_DIR|HOSTALIASES|LOCALDOMAIN|LOCPATH|NIS_PATH|NLSPATH|RES|TMPDIR|TZ|LANG|LC_|ENV$|BASH|IFS$|PS4$|SHELLOPTS)/;

/**
 * unshare of util-linux, the last resort: new namespaces and a changed root folder. The rest of the machine's file tree is
 * hidden by `chroot` alone, and the program is process 1 of its namespace.
 */
export const unshare: Runtime = {
  name: 'unshare',
  program: 'unshare',
  versionPattern: /util-linux (\S+)/,
  install: 'sudo apt-get install util-linux hostname',
  weaker: true,
  adds: ['environment variable PWD', 'the program is process 1'],
  outsidePath: root => root,
  unobservable: null,
  cure: () => ALLOW_NAMESPACES,
  waits: 'no',
  command(tool, request) {
    for (const [name] of request.environment) if (UNSAFE.test(name)) throw unsafe(name);
    return {
      argv: [
        tool.path,
        '--map-root-user',
        ...['--mount', '--net', '--ipc', '--uts', '--cgroup', '--pid', '--kill-child'],
        '--',
        // unshare cannot name the new host, and only the outer of two user namespaces may. The shell by itself
        // would set PWD to a folder of this machine.
        ...['/bin/sh', '-c', '"$1" "$2" && export PWD="$3" && shift 3 && exec "$@"', 'sh'],
        ...[findTool('hostname') ?? 'hostname', CONTAINER_HOSTNAME, request.cwd],
        tool.path,
        ...[`--map-user=${CONTAINER_USER.uid}`, `--map-group=${CONTAINER_USER.gid}`],
        ...[`--root=${request.root}`, `--wd=${request.cwd}`],
        '--',
        ...request.argv,
      ],
      environment: Object.fromEntries(request.environment),
    };
  },
};

function unsafe(name: string): AssayError {
  return new AssayError({
    kind: 'machine',
    code: 'runtime.environment',
    message: `the runtime unshare cannot pass the variable ${name} without being led by it itself`,
    cure: 'Install bubblewrap: sudo apt-get install bubblewrap',
  });
}
