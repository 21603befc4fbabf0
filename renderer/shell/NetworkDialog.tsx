import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import { measureNetwork, networkState, useStore } from '../engine/index.ts';
import { Modal } from '../parts/Modal.tsx';
import { NetworkTable } from '../parts/NetworkTable.tsx';
import { networkWords } from './network.ts';

/** The network as measured, every try of it. */
export function NetworkDialog({ onClose }: { readonly onClose: () => void }) {
  const network = useStore(networkState);
  const [measuring, setMeasuring] = useState(false);
  const { sentence } = networkWords(network);
  const measure = async () => {
    setMeasuring(true);
    await measureNetwork(true);
    setMeasuring(false);
  };
  return (
    <Modal
      title="Network, measured"
      onClose={onClose}
      width={640}
      note="Measured by trying, not read from a setting."
      actions={
        <Button size="small" intent="primary" disabled={measuring} onClick={() => void measure()}>
          {measuring ? 'Measuring' : 'Measure again'}
        </Button>
      }
    >
      <p className="dialog-lead">{sentence}</p>
      {network && <NetworkTable network={network} />}
    </Modal>
  );
}
