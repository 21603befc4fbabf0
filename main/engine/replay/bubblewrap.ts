import { HOST_ENVIRONMENT } from './host-tools.ts';
import { ALLOW_NAMESPACES, CONTAINER_HOSTNAME, CONTAINER_USER, type Runtime } from './runtime.ts';

/** bubblewrap: a new namespace of every kind, no capability, the folder as `/` and nothing mounted over it. */
export const bubblewrap: Runtime = {
  name: 'bubblewrap',
  program: 'bwrap',
  versionPattern: /bubblewrap (\S+)/,
  install: 'sudo apt-get install bubblewrap',
  weaker: false,
  adds: ['environment variable PWD'],
  outsidePath: () => '',
  unobservable: null,
  cure: () => ALLOW_NAMESPACES,
  waits: 'opens when broken',
  command(tool, request) {
    const variables = request.environment.flatMap(([name, value]) => ['--setenv', name, value]);
    return {
      argv: [
        tool.path,
        '--unshare-all',
        ...['--uid', `${CONTAINER_USER.uid}`, '--gid', `${CONTAINER_USER.gid}`],
        ...['--hostname', CONTAINER_HOSTNAME],
        '--die-with-parent',
        '--new-session',
        ...['--cap-drop', 'ALL'],
        '--clearenv',
        ...variables,
        ...(request.gate === undefined ? [] : ['--block-fd', `${request.gate}`]),
        ...['--bind', request.root, '/'],
        ...['--chdir', request.cwd],
        '--',
        ...request.argv,
      ],
      environment: HOST_ENVIRONMENT,
    };
  },
};
