/** Report model, renderings, sealing, verification. */
export * from './annotation-signature.ts';
export { BLOCKER_ITEMS, type Blocker, type BlockerFacts, blocker, blockersOf } from './blockers.ts';
export * from './custody.ts';
export * from './derive.ts';
export * from './export.ts';
export { chainOf, figureFiles } from './figure-files.ts';
export * from './files.ts';
export * from './model.ts';
export { type PageOptions, renderPage } from './page/index.ts';
export * from './reader-signers.ts';
export {
  ANNOTATIONS_NAMESPACE,
  addSignature,
  describeKey,
  fingerprintOf,
  generateDemonstrationKey,
  type KeyDescription,
  loadSigner,
  type Problem,
  parseSshSignature,
  SIGNATURE_ROLES,
  type SignatureRole,
  type Signer,
  verifySshSignature,
} from './seal/index.ts';
export { checkIdentity, type Signing, type SignOffOptions, signOff } from './sign-off.ts';
export { type SignOff, signOffsOf, signOffText } from './sign-offs.ts';
export * from './source.ts';
export * from './verify.ts';
export * from './verify-document.ts';
export { exhibitText, plural } from './words.ts';
