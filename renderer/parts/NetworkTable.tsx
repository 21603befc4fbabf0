import type { NetworkState } from '../../main/contract/desktop.ts';
import { Inert } from './Inert.tsx';
import { Mark } from './Mark.tsx';
import { full } from './time.ts';

/** What was tried of the network, one line each, and when. */
export function NetworkTable({ network }: { readonly network: NetworkState }) {
  return (
    <table className="table">
      <tbody>
        {network.checks.map(check => (
          <tr key={`${check.part} ${check.name}`}>
            <td>
              <span className="t3">{check.part === 'window' ? 'Window' : 'Engine'}</span>
            </td>
            <td>{check.name}</td>
            <td className="num">
              <Inert text={check.detail} prose />
            </td>
            <td className="table-mark">
              <span className={check.passed ? '' : 'mark-failed'}>
                <Mark name={check.passed ? 'done' : 'failed'} />
                <span className="unseen">{check.passed ? 'closed' : 'open'}</span>
              </span>
            </td>
          </tr>
        ))}
        <tr>
          <td />
          <td>Measured</td>
          <td className="num">{full(network.at)}</td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}
