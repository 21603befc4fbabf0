import { sha256Of } from '../../base/index.ts';
import { ROLES, type Role } from '../../case/index.ts';
import type { PublicKey } from './public-key.ts';

/** The name of the list of hashes, which is what is signed. */
export const SUMS = 'SHA256SUMS';
/** The namespace of the signatures over it. */
export const REPORT_NAMESPACE = 'assay-report';
/** The namespace of signatures over sign-offs. */
export const SIGN_OFF_NAMESPACE = 'assay-sign-off';

/** The namespace of signatures over files of annotations. */
export const ANNOTATIONS_NAMESPACE = 'assay-annotations';

/** What a signature in a report is for: a role in the audit, or a countersignature by somebody who checked the report. */
export const SIGNATURE_ROLES = [...ROLES, 'countersignature'] as const;
export type SignatureRole = Role | 'countersignature';

const PART = /^[A-Za-z0-9_][A-Za-z0-9._+-]*$/;
const SIGNATURE = new RegExp(`^signatures/(${SIGNATURE_ROLES.join('|')})-[0-9a-f]{16}\\.sig$`);

/** Whether a name of a file or folder of a report is plain ASCII and safe to unpack on any system. */
export function isSafePart(part: string): boolean {
  return PART.test(part) && !part.endsWith('.');
}

/** Whether a path inside a report, parts joined by `/`, is made of safe parts. */
export function isReportName(name: string): boolean {
  return name.split('/').every(isSafePart);
}

/** Whether a file is a signature and therefore not under the signatures. */
export function isSignatureName(name: string): boolean {
  return name.startsWith('signatures/');
}

/** Where a signature stands: the name binds the role and the key, by the first 16 digits of the sha256 of its wire form. */
export function signatureName(role: SignatureRole, publicKey: Pick<PublicKey, 'blob'>): string {
  return `signatures/${role}-${sha256Of(publicKey.blob).slice(0, 16)}.sig`;
}

/** The role in the name of a signature, or null when the name is none. */
export function signatureRole(name: string): SignatureRole | null {
  return (SIGNATURE.exec(name)?.[1] ?? null) as SignatureRole | null;
}

/** Compares ASCII names by their bytes. */
export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}
