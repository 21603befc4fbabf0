import { CONTAINER_HOSTNAME } from './runtime.ts';

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
