import { inputError } from '../base/index.ts';
import type { Case, EventOf, Role } from '../case/index.ts';
import { mustSeeAll } from '../review/index.ts';
import { blockersOf } from './blockers.ts';
import { deriveReport } from './derive.ts';
import { SIGN_OFF_NAMESPACE, type Signer } from './seal/index.ts';
import { signOffsOf, signOffText } from './sign-offs.ts';
import { caseSource } from './source.ts';

/** With which key a report is signed, and who that is. */
export interface Signing {
  readonly signer: Signer;
  readonly role: Role;
  /** A name without blanks, as OpenSSH's lists of signers take it, for example `ines@example.org`. */
  readonly identity: string;
  readonly demonstration: boolean;
}

/** How a person signs off. */
export interface SignOffOptions {
  /** Sign although something blocks it; the report says so. */
  readonly notProved?: boolean;
}

const IDENTITY = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}$/;

/**
 * Signs the case as it stands: the role, the identity and the head of the log, by the person's own key, as an event. Others may sign
 * after it in other roles. It is void as soon as evidence is added. A sign-off of the same key and role that still stands is
 * given back as it is. Throws `sign-off.blocked` unless told that the case is not proved, `sign-off.one-key`,
 * `sign-off.case-changed`, `report.incomplete`, `report.bad-identity`, what the signer throws, and `blind.goes-on` and `blind.who` to who
 * reviews a seed blind, or may.
 */
export async function signOff(
  theCase: Case,
  signing: Signing,
  options: SignOffOptions = {},
): Promise<EventOf<'signed-off'>> {
  const { signer, role, identity, demonstration } = signing;
  checkIdentity(identity);
  mustSeeAll(theCase, 'what is signed');
  const standing = signOffsOf(theCase.log.events).filter(({ state }) => state === 'stands');
  const own = standing.filter(({ signed }) => signed.fingerprint === signer.fingerprint);
  const same = own.find(({ signed }) => signed.role === role && signed.identity === identity);
  if (same) return same.signed;
  const other = own.find(({ signed }) => signed.role !== role);
  if (other) {
    throw inputError(
      'sign-off.one-key',
      `this key has signed as ${other.signed.role}; a second role needs a key of its own`,
    );
  }
  const { as, open } = standingOf(theCase, options.notProved ?? false);
  const { head } = theCase.log;
  const text = signOffText(theCase.id, head, { role, identity, as, open });
  const signature = await signer.signMessage(SIGN_OFF_NAMESPACE, Buffer.from(text));
  if (theCase.log.head.root !== head.root) {
    throw inputError(
      'sign-off.case-changed',
      'the case has changed while it was signed',
      undefined,
      'Sign again.',
    );
  }
  const { fingerprint, publicKey } = signer;
  return theCase.log.append(
    { type: 'signed-off', role, identity, fingerprint, publicKey, demonstration, as, open, signature },
    undefined,
    identity,
  );
}

function standingOf(theCase: Case, notProved: boolean): Pick<EventOf<'signed-off'>, 'as' | 'open'> {
  const blockers = blockersOf(deriveReport(caseSource(theCase)));
  if (blockers.length > 0 && !notProved) {
    throw inputError(
      'sign-off.blocked',
      `the case cannot be signed as proved: ${blockers.map(({ text }) => text).join('; ')}`,
      { file: theCase.folder },
      'Resolve these, or sign as not proved: --not-proved.',
    );
  }
  return { as: notProved ? 'not-proved' : 'proved', open: blockers.length };
}

/** Refuses a name that OpenSSH's lists of signers could not hold. Throws `report.bad-identity`. */
export function checkIdentity(identity: string): void {
  if (IDENTITY.test(identity)) return;
  throw inputError(
    'report.bad-identity',
    `'${identity}' cannot name a signer`,
    undefined,
    'Use letters, digits and . _ @ + - only.',
  );
}
