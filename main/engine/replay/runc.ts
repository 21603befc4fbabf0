import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOM_INSIDE, TREE_INSIDE } from './enter-program.ts';
import { type Entrance, layEntrance } from './entered.ts';
import { HOST_ENVIRONMENT } from './host-tools.ts';
import { ALLOW_NAMESPACES, CONTAINER_HOSTNAME, type ContainerRequest, type Runtime } from './runtime.ts';

const NAMESPACES = ['pid', 'network', 'ipc', 'uts', 'mount', 'user', 'cgroup'];
/** Without it a process may not give a new user namespace the user it runs as; it is gone once that was made. */
const CAPABILITIES = ['CAP_SETFCAP'];

/** runc without a daemon, as any user: a bundle of the OCI runtime specification, made for each container. */
export const runc: Runtime = {
  name: 'runc',
  program: 'runc',
  versionPattern: /runc version (\S+)/,
  install: 'sudo apt-get install runc',
  cure: () => ALLOW_NAMESPACES,
  weaker: false,
  adds: [],
  outsidePath: () => TREE_INSIDE,
  unobservable: null,
  waits: 'in order',
  command(tool, request) {
    const { scratch } = request;
    const name = `assay-${randomBytes(8).toString('hex')}`;
    const entrance = layEntrance(request, { uid: 0, gid: 0 });
    const bundle = join(scratch, 'bundle');
    for (const folder of ['proc', 'dev', TREE_INSIDE, ROOM_INSIDE]) {
      mkdirSync(join(bundle, 'root', folder), { recursive: true });
    }
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(configOf(request, entrance)));
    const own = [tool.path, '--root', join(scratch, 'state'), '--rootless', 'true'];
    const kept = request.gate === undefined ? [] : ['--preserve-fds', '1'];
    return {
      argv: [...own, '--log', join(scratch, 'log'), 'run', ...kept, '--bundle', bundle, name],
      environment: HOST_ENVIRONMENT,
      note: entrance.note,
      remove: [...own, 'delete', '--force', name],
    };
  },
};

/** https://github.com/opencontainers/runtime-spec/blob/v1.0.2/config.md */
function configOf({ root }: ContainerRequest, { room, argv }: Entrance): object {
  const bind = (destination: string, source: string) => ({
    ...{ destination, source, type: 'bind', options: ['bind', 'rw', 'private'] },
  });
  return {
    ociVersion: '1.0.2',
    hostname: CONTAINER_HOSTNAME,
    root: { path: 'root', readonly: true },
    process: {
      ...{ terminal: false, user: { uid: 0, gid: 0 }, args: argv, env: [], cwd: '/', noNewPrivileges: true },
      capabilities: { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES },
    },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755'] },
      bind(TREE_INSIDE, root),
      bind(ROOM_INSIDE, room),
    ],
    linux: {
      namespaces: NAMESPACES.map(type => ({ type })),
      uidMappings: [{ containerID: 0, hostID: process.geteuid?.() ?? 0, size: 1 }],
      gidMappings: [{ containerID: 0, hostID: process.getegid?.() ?? 0, size: 1 }],
    },
  };
}
