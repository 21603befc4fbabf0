/** The seal of a report: keys, signatures, statements, notes and the container they leave in. */
export * from './allowed-signers.ts';
export { checkSeal, type SealCheck, type SealSignature } from './check.ts';
export * from './dsse.ts';
export {
  ANNOTATIONS_NAMESPACE,
  isReportName,
  REPORT_NAMESPACE,
  SIGN_OFF_NAMESPACE,
  SIGNATURE_ROLES,
  type SignatureRole,
  SUMS,
  signatureName,
} from './layout.ts';
export * from './note.ts';
export { type Problem, visible } from './problem.ts';
export { fingerprintOf, type KeyType, type PublicKey, parsePublicKeyLine } from './public-key.ts';
export { ReportFiles, readReport, SMALL_FILE } from './read.ts';
export { DEFAULT_LIMITS, type ReportEntry, type ReportLimits } from './scan.ts';
export {
  describeKey,
  generateDemonstrationKey,
  type KeyDescription,
  type LoadOptions,
  loadSigner,
  type Signer,
} from './signer.ts';
export { parseSshSignature, type SshSignature, verifySshSignature } from './sshsig.ts';
export * from './statements.ts';
export {
  addSignature,
  packReport,
  type ReportFile,
  reportFile,
  type Sealing,
  sealReport,
  type WrittenReport,
} from './write.ts';
