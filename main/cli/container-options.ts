import { Option } from 'commander';
import { RUNTIMES } from '../engine/index.ts';

/** What the user said about containers. */
export interface ContainerOptions {
  readonly runtime?: string;
  readonly observer: 'on' | 'off';
}

/** The option that names a runtime. */
export function runtimeOption(): Option {
  const names = RUNTIMES.map(runtime => runtime.name).join(', ');
  return new Option('--runtime <name>', `one of ${names}; by default the first that works here`);
}

/** The option that switches the observer off. */
export function observerOption(): Option {
  return new Option(
    '--observer <on|off>',
    'whether to watch what runs; without it nothing is proved of closure',
  )
    .choices(['on', 'off'])
    .default('on');
}
