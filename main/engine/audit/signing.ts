import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../base/index.ts';
import type { Case } from '../case/index.ts';
import { generateDemonstrationKey, loadSigner, type Signing } from '../report/index.ts';

/** A key for a trial run, kept in the case so that going on with it signs with the same. It belongs to nobody. */
export async function demonstrationSigning(theCase: Case): Promise<Signing> {
  const path = join(theCase.folder, 'demonstration-key');
  if (!existsSync(path)) writeFileAtomic(path, generateDemonstrationKey().file, 0o600);
  return { signer: await loadSigner(path), role: 'auditor', identity: 'demonstration', demonstration: true };
}
