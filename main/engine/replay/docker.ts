import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { elsewhere, hardening, marked, mount, stayHere, sweepMarked } from './engine-options.ts';
import { ROOM_INSIDE, TREE_INSIDE } from './enter-program.ts';
import { layEntrance, type Starter } from './entered.ts';
import { HOST_ENVIRONMENT, type HostTool } from './host-tools.ts';
import type { ContainerRequest, Runtime } from './runtime.ts';

/** An image without a file: the smallest tar there is, and what docker calls its content. */
const IMAGE = 'assay-empty:1';
const EMPTY_TAR = Buffer.alloc(1024);
const EMPTY_LAYERS = '["sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"]';
const SOCKET = 'unix:///var/run/docker.sock';

/** docker. Its containers are the daemon's children, so that nobody can watch them from outside. */
export const docker: Runtime = {
  ...dockerAs(() => ({ uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 })),
  // To a daemon without privileges the user who runs it is root.
  ways: [
    dockerAs(() => ({ uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 })),
    dockerAs(() => ({ uid: 0, gid: 0 })),
  ],
};

function dockerAs(starterOf: () => Starter): Runtime {
  return {
    name: 'docker',
    program: 'docker',
    versionPattern: /Docker version ([^\s,]+)/,
    install: 'sudo apt-get install docker.io',
    cure,
    weaker: false,
    adds: [],
    outsidePath: () => TREE_INSIDE,
    unobservable: 'containers of docker are children of its daemon, which strace cannot follow',
    waits: 'no',
    setUp,
    sweep: (tool, owner) => sweepMarked([tool.path, '--host', socket()], HOST_ENVIRONMENT, owner),
    command(tool, request) {
      const name = `assay-${randomBytes(8).toString('hex')}`;
      const starter = starterOf();
      const { room, note, argv } = layEntrance(request, starter);
      const [enter = '', ...words] = argv;
      const own = [tool.path, '--host', socket()];
      return {
        argv: [
          ...own,
          ...['run', '--rm', '--name', name, ...hardening, '--user', `${starter.uid}:${starter.gid}`],
          ...[...marked(request), ...limited(request)],
          ...['--cap-add', 'SETFCAP', ...mount(request.root, TREE_INSIDE), ...mount(room, ROOM_INSIDE)],
          ...['--entrypoint', enter, IMAGE, ...words],
        ],
        environment: HOST_ENVIRONMENT,
        note,
        remove: [...own, 'rm', '--force', name],
      };
    },
  };
}

/** Its containers are no processes below Assay's, so the daemon has to keep them within limits. */
function limited({ limits }: ContainerRequest): string[] {
  if (!limits) return [];
  const { file, memory, processes } = limits;
  return [
    ...['--ulimit', `fsize=${file}:${file}`, '--pids-limit', `${processes}`],
    ...['--memory', `${memory}`, '--memory-swap', `${memory}`],
  ];
}

/** The daemon's socket. Only one of this machine will do: folders are shared with it, and Assay makes no connection elsewhere. */
function socket(): string {
  const given = process.env.DOCKER_HOST;
  return given?.startsWith('unix://') ? given : SOCKET;
}

/** Makes the image if it is not there. */
function setUp(tool: HostTool): string | null {
  const away = elsewhere('DOCKER_HOST');
  if (away) return away;
  const run = (args: string[], input?: Buffer) =>
    spawnSync(tool.path, ['--host', socket(), ...args], {
      ...{ env: HOST_ENVIRONMENT, encoding: 'utf8', timeout: 60_000 },
      ...(input && { input }),
    });
  const seen = run(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', IMAGE]);
  if (seen.status === 0 && seen.stdout.trim() === EMPTY_LAYERS) return null;
  const made = run(['import', '-', IMAGE], EMPTY_TAR);
  return made.status === 0 ? null : made.stderr.trim() || 'docker does not answer';
}

function cure(said: string): string {
  const stay = stayHere(said);
  if (stay) return stay;
  if (/permission denied/i.test(said))
    return 'Let your user use docker: sudo usermod --append --groups docker "$USER"';
  if (/cannot connect|does not answer/i.test(said)) return 'Start its daemon: sudo systemctl start docker';
  return 'See what the daemon says: sudo journalctl --unit docker';
}
