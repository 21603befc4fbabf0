import { networkState, useStore } from '../engine/index.ts';
import { NetworkIcon } from '../parts/NetworkIcon.tsx';
import { openDialog } from './dialogs.ts';
import { networkWords } from './network.ts';

/** The network as measured, in the title bar. */
export function NetworkChip() {
  const { level, short, sentence } = networkWords(useStore(networkState));
  const open = level === 'window-open' || level === 'engine-open';
  return (
    <button
      type="button"
      className={`titlebar-button titlebar-network network-${level}`}
      onClick={() => openDialog('network')}
      title={sentence}
    >
      <NetworkIcon open={open} />
      <span>{short}</span>
    </button>
  );
}
