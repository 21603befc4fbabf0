import { Button } from '@blueprintjs/core';
import { measureNetwork, networkState, useStore } from '../../engine/index.ts';
import { NetworkTable } from '../../parts/NetworkTable.tsx';

/** The network as a table of measurements. */
export function NetworkSection() {
  const network = useStore(networkState);
  return (
    <section aria-label="Network">
      <div className="panehead">
        <h2>Network</h2>
        <span className="t2 grow">{network ? 'measured, not assumed' : 'not measured yet'}</span>
        <Button size="small" variant="minimal" className="link" onClick={() => void measureNetwork(true)}>
          Measure again
        </Button>
      </div>
      {network && <NetworkTable network={network} />}
    </section>
  );
}
