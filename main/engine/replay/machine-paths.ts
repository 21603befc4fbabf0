/** What a file outside the chain can tell a program that should depend on nothing but its inputs. */
export const MACHINE_FACTS = ['clock', 'random', 'machine'] as const;
export type MachineFact = (typeof MACHINE_FACTS)[number];

/** Files of the kernel (proc(5), sysfs(5), random(4), rtc(4)) and of a system's identity (machine-id(5), hostname(5), os-release(5)). */
const PATTERNS: readonly (readonly [MachineFact, RegExp])[] = [
  ['clock', /^\/dev\/(?:rtc\d*|hpet|ptp\d+|misc\/rtc)$/],
  ['clock', /^\/proc\/(?:uptime|stat|driver\/rtc|timer_list)$/],
  ['clock', /^\/sys\/(?:class\/(?:rtc|ptp)|devices\/system\/clocksource)(?:\/|$)/],
  ['clock', /^\/etc\/(?:localtime|timezone|adjtime)$/],
  ['random', /^\/dev\/(?:u?random|hwrng|hw_random)$/],
  ['random', /^\/proc\/sys\/kernel\/random(?:\/|$)/],
  ['machine', /^\/(?:proc|sys)(?:\/|$)/],
  ['machine', /^\/dev\/(?:k?mem|kmsg|port|nvram|cpu|disk|dmi)(?:\/|$)/],
  ['machine', /^\/etc\/(?:machine-id|hostname|hostid|hosts|os-release|lsb-release|issue|resolv\.conf)$/],
  ['machine', /^\/(?:var\/lib\/dbus\/machine-id|usr\/lib\/os-release)$/],
];

/** What a file at an absolute path inside a container tells of the machine; null when nothing. */
export function machineFactOf(path: string): MachineFact | null {
  return PATTERNS.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}

/** The path without what differs from run to run: the number of a process. */
export function withoutProcess(path: string): string {
  return path.replace(/^\/proc\/\d+(?=\/|$)/, '/proc/PID').replace(/\/task\/\d+(?=\/|$)/, '/task/PID');
}
