import type { NetworkState } from '../../main/contract/desktop.ts';

/** What the measurement of the network comes to, in the words that the frame uses everywhere. */
export interface NetworkWords {
  readonly level: 'isolated' | 'engine-open' | 'window-open' | 'unknown';
  /** For the title bar. */
  readonly short: string;
  /** One sentence. */
  readonly sentence: string;
}

export function networkWords(network: NetworkState | null): NetworkWords {
  if (!network) {
    return { level: 'unknown', short: 'Not measured', sentence: 'The network was not measured yet.' };
  }
  if (!network.windowIsolated) {
    return {
      level: 'window-open',
      short: 'Not isolated',
      sentence: 'Something of this window reached a network. Do not audit on this machine as it is.',
    };
  }
  if (network.engineIsolated === false) {
    return {
      level: 'engine-open',
      short: 'Not isolated',
      sentence: network.engineReason
        ? `The engine shares this machine’s network: ${network.engineReason}`
        : 'The engine shares this machine’s network.',
    };
  }
  if (network.engineIsolated === null) {
    return {
      level: 'unknown',
      short: 'Not measured',
      sentence: 'No engine runs, so its network was not measured.',
    };
  }
  return { level: 'isolated', short: 'Isolated', sentence: 'Every way out that was tried is closed.' };
}
