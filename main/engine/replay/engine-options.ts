import { spawnSync } from 'node:child_process';
import { CONTAINER_HOSTNAME, type ContainerRequest } from './runtime.ts';

/**
 * Options that podman and docker share. No system call is filtered: a filter's error would keep the attempt from the observer,
 * and the container of every runtime shall answer alike; what keeps the program in is that it has nothing to reach.
 */
export const hardening: readonly string[] = [
  ...['--network', 'none', '--hostname', CONTAINER_HOSTNAME],
  ...['--cap-drop', 'ALL', '--read-only'],
  ...['--security-opt', 'no-new-privileges'],
  ...['--security-opt', 'seccomp=unconfined'],
  // SELinux would else keep the container from folders that were not labelled for it.
  ...['--security-opt', 'label=disable'],
  ...['--log-driver', 'none'],
];

/** Binds a folder of this machine. The option is a line of CSV, so that any path can be given. */
export function mount(source: string, target: string): string[] {
  return ['--mount', `type=bind,"source=${source.replaceAll('"', '""')}",target=${target}`];
}

const LABEL = 'org.assay.owner';

/** Marks a container with its owner. */
export function marked({ owner }: Pick<ContainerRequest, 'owner'>): string[] {
  return owner === undefined ? [] : ['--label', `${LABEL}=${owner}`];
}

/**
 * Takes away the containers that bear an owner's mark: a client that was killed while it made one leaves it behind. `own` is the
 * beginning of a command line of podman or docker.
 */
export function sweepMarked(
  own: readonly string[],
  environment: Readonly<Record<string, string>>,
  owner: string,
): void {
  const [program = '', ...args] = own;
  const run = (...words: string[]) =>
    spawnSync(program, [...args, ...words], { env: environment, encoding: 'utf8', timeout: 60_000 });
  const listed = run('ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${LABEL}=${owner}`);
  const left = (listed.stdout ?? '').split('\n').filter(line => /^[0-9a-f]{64}$/.test(line));
  if (left.length > 0) run('rm', '--force', ...left);
}

/** What a variable that names where containers run says, when that is not this machine; null when it is, or nothing is said. */
export function elsewhere(variable: 'DOCKER_HOST' | 'CONTAINER_HOST'): string | null {
  const given = process.env[variable];
  if (!given || given.startsWith('unix://') || given.startsWith('/')) return null;
  return `${variable} names a machine to run containers on, ${given.replace(/:\/\/.*/s, '://…')}; Assay runs them on this one alone`;
}

/** What to do about {@link elsewhere}. */
export function stayHere(said: string): string | null {
  const variable = /^(DOCKER_HOST|CONTAINER_HOST) names/.exec(said)?.[1];
  return variable ? `Take the variable away for this run: env -u ${variable} assay …` : null;
}
