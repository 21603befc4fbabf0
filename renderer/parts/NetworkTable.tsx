import type { NetworkState } from '../../main/contract/desktop.ts';
import { Inert } from './Inert.tsx';
import { Mark } from './Mark.tsx';
import { full } from './time.ts';

/** What was tried of the network, one line each, and when. */
export function NetworkTable({ network }: { readonly network: NetworkState }) {
  return (
    <ul className="network-table">
      {network.checks.map(check => (
        <li key={`${check.part} ${check.name}`}>
          <span className="t3">{check.part === 'window' ? 'Window' : 'Engine'}</span>
          <span>{check.name}</span>
          <span className="network-detail">
            <Inert text={check.detail} prose />
          </span>
          <span className={check.passed ? '' : 'mark-failed'}>
            <Mark name={check.passed ? 'done' : 'failed'} />
            <span className="unseen">{check.passed ? 'closed' : 'open'}</span>
          </span>
        </li>
      ))}
      <li>
        <span />
        <span>Measured</span>
        <span className="network-detail">{full(network.at)}</span>
        <span />
      </li>
    </ul>
  );
}
