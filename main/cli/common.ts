import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import {
  type Clock,
  fixedClock,
  inputError,
  loadSigner,
  type ReplayMode,
  type Role,
  type Signing,
  systemClock,
} from '../engine/index.ts';
import type { Output } from './output.ts';
import { askHidden } from './tasks.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** For an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** The clock that the user chose: `--date`, else SOURCE_DATE_EPOCH, else the machine's. */
export function clockOf(date: string | undefined): Clock {
  if (date !== undefined) return fixedClock(date);
  const epoch = process.env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === '') return systemClock;
  if (!/^\d{1,12}$/.test(epoch))
    throw inputError('clock.bad-date', 'SOURCE_DATE_EPOCH is not a number of seconds');
  return fixedClock(Number(epoch) * 1000);
}

/** How a command signs. */
export interface KeyOptions {
  readonly key?: string;
  readonly as?: string;
  readonly role?: string;
}

/** Asks for a passphrase where the user said it is: in a file, or on the terminal. */
async function passphrase(): Promise<string> {
  const file = process.env.ASSAY_KEY_PASSPHRASE_FILE;
  if (!file) return askHidden('Passphrase of the key: ');
  if (!existsSync(file))
    throw inputError('key.no-passphrase-file', 'ASSAY_KEY_PASSPHRASE_FILE names no file', { file });
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
}

/** The key that the user named. */
export async function signingOf(key: string, options: KeyOptions, output: Output): Promise<Signing> {
  const signer = await loadSigner(key, { passphrase });
  for (const warning of signer.warnings) output.note(`Note: ${warning.message}`);
  return {
    signer,
    role: roleOf(options.role),
    identity: options.as ?? userInfo().username,
    demonstration: false,
  };
}

function roleOf(role = 'auditor'): Role {
  if (role === 'auditor' || role === 'reviewer' || role === 'compliance') return role;
  throw inputError('usage.role', `'${role}' is no role`, undefined, 'Roles: auditor, reviewer, compliance.');
}

/** How the user wants the chain to be driven. Throws `usage.mode`. */
export function modeOf(mode: string): ReplayMode | 'both' {
  if (mode === 'stepped' || mode === 'unaided' || mode === 'both') return mode;
  throw inputError('usage.mode', `'${mode}' is no mode`, undefined, 'Modes: stepped, unaided, both.');
}

/** The one of several words that the user wrote. Throws `code`. */
export function oneOf<T extends string>(words: readonly T[], word: string, code: string, what: string): T {
  const found = words.find(each => each === word);
  if (found) return found;
  throw inputError(code, `'${word}' is no ${what}`, undefined, `Known: ${words.join(', ')}.`);
}
