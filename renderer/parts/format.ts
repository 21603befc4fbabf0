/** Numbers and sizes as words: thousands by commas, sizes in decimal units as the drives are sold. */

const NUMBER = new Intl.NumberFormat('en-US');

/** 9082880 → `9,082,880`. */
export function number(value: number): string {
  return NUMBER.format(value);
}

/** One thing or several: `1 file`, `1,110 files`. */
export function counted(value: number, one: string, several = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : several}`;
}

/** 229 → `229 B`, 9082880 → `9.1 MB`. Three digits are enough to tell sizes apart. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let rest = value;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || rest >= 99.5 ? 0 : rest >= 9.95 ? 1 : 2;
  return `${unit === 0 ? number(rest) : String(Number(rest.toFixed(digits)))} ${units[unit]}`;
}

/** An offset as people write it: 137 → `0x89`. */
export function offset(value: number): string {
  return `0x${value.toString(16).toUpperCase()}`;
}

/** Seconds as a person says them: `0.3 s`, `42 s`, `3 min 20 s`, `1 h 05 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 100) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

/** Time that is left: whole seconds, coarser the further away. */
export function remaining(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.ceil(seconds))} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min left`;
}

/** A message of the engine as a sentence begins: its first letter large. */
export function sentenceOf(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
