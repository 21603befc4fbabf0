import { AssayError } from '../../base/index.ts';
import { PROBLEM_LIMIT, type Problem } from './problem.ts';
import { type PublicKey, parsePublicKeyLine } from './public-key.ts';

/** One line of an allowed-signers file (`man ssh-keygen`, ALLOWED SIGNERS). */
export interface AllowedSigner {
  /** From 1. */
  readonly line: number;
  /** The pattern list as written, for example `auditor@example.org` or `*@example.org,!guest@example.org`. */
  readonly principals: string;
  readonly publicKey: PublicKey;
  /** A pattern list; null when every namespace is accepted. */
  readonly namespaces: string | null;
  /** Milliseconds since 1970; null without a limit. Both ends belong to the time of validity. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
}

/** What a list of allowed signers says about one key. */
export interface Principals {
  /** The principals of the lines that accept the key, in the order of the file. */
  readonly principals: readonly string[];
  /** Lines that name the key and do not accept it here, with the reason. */
  readonly refused: readonly Problem[];
}

/** A parsed allowed-signers file. Lines that are not understood are problems and vouch for nobody. */
export interface AllowedSigners {
  readonly signers: readonly AllowedSigner[];
  readonly problems: readonly Problem[];
  /** Who a key belongs to, for a namespace and at a time. */
  findPrincipals(publicKey: PublicKey, namespace: string, time: Date): Principals;
}

class LineError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const malformed = (message: string) => new LineError('allowed-signers.malformed', message);

/** Reads an allowed-signers file; never throws for its content. `file` is only for the problems. */
export function parseAllowedSigners(text: string, file = 'allowed_signers'): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const problems: Problem[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '').replace(/^[ \t]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    if (problems.length >= PROBLEM_LIMIT) break;
    try {
      signers.push(parseLine(line, index + 1));
    } catch (error) {
      if (!(error instanceof LineError || error instanceof AssayError)) throw error;
      problems.push({ code: error.code, where: { file, line: index + 1 }, message: error.message });
    }
  }
  return {
    signers,
    problems,
    findPrincipals: (publicKey, namespace, time) => find(signers, file, publicKey, namespace, time),
  };
}

function find(
  signers: readonly AllowedSigner[],
  file: string,
  publicKey: PublicKey,
  namespace: string,
  time: Date,
): Principals {
  const principals: string[] = [];
  const refused: Problem[] = [];
  for (const signer of signers) {
    if (!signer.publicKey.blob.equals(publicKey.blob)) continue;
    const reason = refusal(signer, namespace, time.getTime());
    if (reason === null) principals.push(signer.principals);
    else refused.push({ ...reason, where: { file, line: signer.line } });
  }
  return { principals, refused };
}

function refusal(signer: AllowedSigner, namespace: string, time: number): Omit<Problem, 'where'> | null {
  if (signer.namespaces !== null && !matchesPatternList(namespace, signer.namespaces)) {
    return { code: 'allowed-signers.other-namespace', message: 'the key is allowed for other purposes only' };
  }
  // OpenSSH compares whole seconds.
  const second = Math.floor(time / 1000) * 1000;
  if (signer.validAfter !== null && second < signer.validAfter) {
    return { code: 'allowed-signers.not-yet-valid', message: 'the key was not valid yet' };
  }
  if (signer.validBefore !== null && second > signer.validBefore) {
    return { code: 'allowed-signers.expired', message: 'the key was no longer valid' };
  }
  return null;
}

/** Matching as in PATTERNS of `man ssh_config`: `*`, `?`, lists with commas, `!` in front refuses whatever else matches. */
export function matchesPatternList(text: string, list: string): boolean {
  let matched = false;
  for (const item of list.split(',')) {
    const negated = item.startsWith('!');
    if (!matchesPattern(text, negated ? item.slice(1) : item)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

function matchesPattern(text: string, pattern: string): boolean {
  // Remembering only the last star keeps a hostile pattern from taking exponential time.
  let [t, p, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      t += 1;
      p += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(p));
}

function parseLine(line: string, number: number): AllowedSigner {
  const first = /^(?:"([^"]*)"|([^ \t"]+))[ \t]+(.*)$/.exec(line);
  const principals = first?.[1] ?? first?.[2];
  if (!principals) throw malformed('the line needs principals, a key type and a key');
  const rest = first?.[3] ?? '';
  const bare = /^[a-z0-9@.-]+[ \t]+AAAA/.test(rest);
  const end = bare ? 0 : endOfOptions(rest);
  const options = parseOptions(rest.slice(0, end));
  if (options.certAuthority) {
    throw new LineError('allowed-signers.certificates', 'certificate authorities are not supported');
  }
  const { namespaces, validAfter, validBefore } = options;
  if (validAfter !== null && validBefore !== null && validBefore <= validAfter) {
    throw malformed('valid-before is not after valid-after');
  }
  return {
    line: number,
    principals,
    publicKey: parsePublicKeyLine(rest.slice(end)),
    namespaces,
    validAfter,
    validBefore,
  };
}

/** Where the options end: at the first blank outside double quotes. */
function endOfOptions(text: string): number {
  // No text can be matched in two ways, so that a hostile line cannot make this take exponential time.
  const match = /^(?:\\"|\\(?!")|"(?:\\"|\\(?!")|[^"\\])*"|[^ \t"\\])+(?=[ \t])/.exec(text);
  if (!match) throw malformed('the options do not end, or no key follows');
  return match[0].length;
}

interface Options {
  certAuthority: boolean;
  namespaces: string | null;
  validAfter: number | null;
  validBefore: number | null;
}

function parseOptions(text: string): Options {
  const options: Options = { certAuthority: false, namespaces: null, validAfter: null, validBefore: null };
  const seen = new Set<string>();
  const pattern =
    /(cert-authority|namespaces|valid-after|valid-before)(?:="((?:\\"|\\(?!")|[^"\\])*)")?(,(?=.)|$)/iy;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    const name = match?.[1]?.toLowerCase();
    const value = match?.[2]?.replaceAll('\\"', '"');
    if (!name || (name === 'cert-authority') !== (value === undefined)) throw malformed('unknown option');
    if (seen.has(name)) throw malformed(`option ${name} stands there twice`);
    seen.add(name);
    if (name === 'cert-authority') options.certAuthority = true;
    else if (name === 'namespaces') options.namespaces = value ?? '';
    else if (name === 'valid-after') options.validAfter = parseTime(value ?? '');
    else options.validBefore = parseTime(value ?? '');
  }
  return options;
}

/** `YYYYMMDD[Z]` or `YYYYMMDDHHMM[SS][Z]`: local time of this machine unless a Z follows. */
function parseTime(text: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|UTC)?$/i.exec(text);
  if (!match) throw malformed('a time must be written YYYYMMDD[Z] or YYYYMMDDHHMM[SS][Z]');
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const utc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const written = [year, month - 1, day, hour, minute, second].join();
  const meant = [
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds(),
  ].join();
  if (written !== meant || year < 1970) throw malformed('this time does not exist');
  return match[7] ? utc.getTime() : new Date(year, month - 1, day, hour, minute, second).getTime();
}
