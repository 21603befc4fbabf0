import { basename } from 'node:path';
import { demonstrationSigning } from '../../audit/index.ts';
import { inputError, sha256OfFile } from '../../base/index.ts';
import type { Case } from '../../case/index.ts';
import {
  caseSource,
  deriveReport,
  describeKey,
  loadSigner,
  readReportFiles,
  renderPage,
  type Signing,
  sealReport,
  seenEvidence,
  signOff,
  signOffsOf,
  verifyDocumentOf,
} from '../../report/index.ts';
import { reviewIn } from '../../review/index.ts';
import { verifyAside } from '../aside/index.ts';
import type { Handlers } from '../handler.ts';

/** The largest page of a foreign report that is shown, in bytes. */
const PAGE_LIMIT = 64 << 20;

/** Methods about the report that leaves, and reports that came. */
export const reportHandlers: Handlers<
  'report.preview' | 'key.describe' | 'report.signers' | 'report.sign' | 'report.export' | 'report.verify'
> = {
  'report.preview'(_, { session }) {
    const judged = session.chain().judged();
    if (!judged) {
      throw inputError(
        'report.incomplete',
        'there is nothing to report yet',
        undefined,
        'Replay the chain first.',
      );
    }
    const theCase = session.theCase();
    const report = deriveReport(caseSource(theCase), seenEvidence(theCase, judged.evidence));
    return {
      html: renderPage(report, { draft: true, blind: reviewIn(theCase).blindSeeds(session.by).size > 0 }),
    };
  },
  'key.describe': ({ location }) => ({ ...describeKey(location) }),
  'report.signers'(_, { session }) {
    const all = signOffsOf(session.theCase().log.events);
    return {
      signers: all
        .filter(({ state }) => state === 'stands')
        .map(({ signed }) => ({ ...signed, event: signed.seq })),
      lapsed: all.flatMap(({ signed: { role, identity, seq }, state }) =>
        state === 'stands' ? [] : [{ role, identity, event: seq, state }],
      ),
    };
  },
  async 'report.sign'({ key, passphrase, identity, role, notProved }, { session }) {
    const theCase = session.theCase();
    await signOff(theCase, await signingOf(theCase, key, passphrase, identity, role), { notProved });
    return {};
  },
  async 'report.export'({ location, key, passphrase, identity, role }, { session, signal, onProgress }) {
    const theCase = session.theCase();
    const signing = await signingOf(theCase, key, passphrase, identity, role);
    const { report, sha256, size } = await sealReport(theCase, signing, location, { signal, onProgress });
    return {
      path: location,
      sha256,
      size,
      verdict: report.verdict,
      demonstrationKey: signing.demonstration,
      readBack: (await verifyAside(location, { signal, onProgress })).valid,
    };
  },
  async 'report.verify'({ location, allowedSigners }, { signal, onProgress }) {
    const result = await verifyAside(location, { signal, onProgress }, allowedSigners);
    const { report } = result;
    return {
      name: basename(location),
      ...sha256OfFile(location),
      verification: verifyDocumentOf(result),
      report: report && {
        caseName: report.case.name,
        sealedAt: report.sealedAt,
        headline: report.headline,
        kit: `${report.kit.title} ${report.kit.version}`,
        log: report.log,
      },
      html: report && pageOf(location),
    };
  },
};

async function signingOf(
  theCase: Case,
  key: string | undefined,
  passphrase: string | undefined,
  identity: string | undefined,
  role: Signing['role'],
): Promise<Signing> {
  if (key === undefined) return demonstrationSigning(theCase);
  if (identity === undefined) {
    throw inputError(
      'report.bad-identity',
      'it is not said who signs',
      undefined,
      'Say it, for example by a mail address.',
    );
  }
  const signer = await loadSigner(key, { passphrase: () => Promise.resolve(passphrase ?? '') });
  return { signer, role, identity, demonstration: false };
}

/** The page as it stands in a report that could be read. */
function pageOf(location: string): string | null {
  for (const { name, chunks } of readReportFiles(location)) {
    if (name !== 'report.html') continue;
    const pieces: Uint8Array[] = [];
    let size = 0;
    for (const chunk of chunks) {
      size += chunk.length;
      if (size > PAGE_LIMIT) return null;
      pieces.push(Uint8Array.from(chunk));
    }
    return Buffer.concat(pieces).toString('utf8');
  }
  return null;
}
