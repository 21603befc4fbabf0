/** Report model, renderings, sealing, verification. */
export * from './custody.ts';
export * from './derive.ts';
export * from './export.ts';
export * from './files.ts';
export * from './model.ts';
export {
  addSignature,
  generateDemonstrationKey,
  loadSigner,
  type Problem,
  SIGNATURE_ROLES,
  type SignatureRole,
  type Signer,
} from './seal/index.ts';
export * from './source.ts';
export * from './verify.ts';
export { plural } from './words.ts';
