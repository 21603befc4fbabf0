/** Times of events, in the zone of this machine. An event's own time is claimed by the machine that wrote it. */

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const CLOCK_SECONDS = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DAY_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** `09:41` */
export function clock(at: string): string {
  return CLOCK.format(new Date(at));
}

/** `09:41:07` */
export function clockSeconds(at: string): string {
  return CLOCK_SECONDS.format(new Date(at));
}

/** `Today`, `Yesterday`, `9 Nov`, `9 Nov 2025`. */
export function day(at: string, now = new Date()): string {
  const date = new Date(at);
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return (date.getFullYear() === now.getFullYear() ? DAY : DAY_YEAR).format(date);
}

/** `4 Nov 2026` */
export function date(at: string): string {
  return DAY_YEAR.format(new Date(at));
}

/** `22 Nov 2026 09:41:07` */
export function full(at: string): string {
  return `${date(at)} ${clockSeconds(at)}`;
}

function midnight(of: Date): number {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
}
