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

/** The option that takes results over. */
export function reuseOption(): Option {
  return new Option(
    '--reuse',
    'take over what an earlier replay of the case recorded of a step, where all that it used is the same; the report says so',
  );
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
