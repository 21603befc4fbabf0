import { readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { Output } from '../../contract/requests/index.ts';
import { systemClock } from '../base/index.ts';

/** Looks at what network this process has, without opening a connection: interfaces that are up, routes, its namespace. */
export function measureOwnNetwork(): Output<'machine.network'> {
  const interfaces = Object.entries(networkInterfaces())
    .filter(([, addresses]) => addresses?.some(address => !address.internal))
    .map(([name]) => name);
  const routes = routeCount();
  const namespace = namespaceOf();
  const checks = [
    {
      name: 'Interfaces with an address',
      passed: interfaces.length === 0,
      detail: interfaces.length === 0 ? 'none' : interfaces.join(', '),
    },
    { name: 'Routes', passed: routes === 0, detail: routes === null ? 'unknown' : String(routes) },
    { name: 'Network namespace', passed: true, detail: namespace },
  ];
  return { at: systemClock.now(), isolated: checks.every(check => check.passed), checks };
}

/** Routes of IPv4 and IPv6 that lead beyond loopback; null when the kernel does not say. */
function routeCount(): number | null {
  try {
    const v4 = readFileSync('/proc/net/route', 'utf8').trim().split('\n').slice(1);
    const v6 = readFileSync('/proc/net/ipv6_route', 'utf8').trim().split('\n');
    const beyond = (line: string) => line !== '' && !/(^|\s)lo\s*$/.test(line);
    return v4.filter(beyond).length + v6.filter(beyond).length;
  } catch {
    return null;
  }
}

function namespaceOf(): string {
  try {
    return readlinkSync('/proc/self/ns/net');
  } catch {
    return 'unknown';
  }
}
