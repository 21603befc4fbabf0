import type { CaseSummary } from '../../../contract/requests/index.ts';
import { applyKit, overviewOf, replayStatus } from '../../audit/index.ts';
import { assayIdentity, inputError } from '../../base/index.ts';
import { type Case, createCase, openCase } from '../../case/index.ts';
import { embeddedKits, type Kit, loadKit, parseKit } from '../../chain/index.ts';
import { custodyOf } from '../../report/index.ts';
import { reviewIn, seenIn } from '../../review/index.ts';
import { findingsBeforeReplay } from '../../verdict/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Methods about the open case as a whole. */
export const caseHandlers: Handlers<
  'case.create' | 'case.open' | 'case.close' | 'case.summary' | 'case.overview' | 'case.custody'
> = {
  async 'case.create'({ location, name, kit, kitFolder, by }, { session }) {
    session.mustNotReplay();
    const loaded = chosenKit(kit, kitFolder);
    const theCase = createCase(location, name, assayIdentity().version, { by });
    if (loaded) applyKit(theCase, loaded);
    await session.take(theCase, by);
    return summaryOf(session);
  },
  async 'case.open'({ location, by }, { session }) {
    session.mustNotReplay();
    await session.release();
    await session.take(openCase(location, { by }), by);
    try {
      return summaryOf(session);
    } catch (error) {
      // A case that cannot be told of is not open: the window believes what it was told.
      await session.release();
      throw error;
    }
  },
  async 'case.close'(_, { session }) {
    session.mustNotReplay();
    await session.release();
    return {};
  },
  'case.summary': (_, { session }) => (session.openCase ? summaryOf(session) : null),
  'case.overview'(_, { session }) {
    const { open, fileReview } = overviewOf(session.theCase(), session.chain().judged()?.evidence ?? null);
    return {
      open: open.map(({ action, ...point }) => ({ ...point, label: action.label })),
      fileReview,
    };
  },
  'case.custody'({ before, limit }, { session }) {
    const all = custodyOf(session.theCase().log.events, seenIn(session.theCase()).hides);
    const earlier = before === undefined ? all : all.filter(line => line.event < before);
    return { total: all.length, lines: earlier.slice(-limit).reverse() };
  },
};

/**
 * A kit that comes with Assay by its id, since a text of the page is never a path, or one in a folder; null where binaries are
 * reviewed without any. Throws `kit.unknown` besides what loading does.
 */
function chosenKit(id: string | undefined, folder: string | undefined): Kit | null {
  if (folder !== undefined) return loadKit(folder);
  if (id === undefined) return null;
  if (embeddedKits().includes(id)) return loadKit(id);
  throw inputError(
    'kit.unknown',
    'no kit of this name comes with Assay',
    undefined,
    'Choose one of the list.',
  );
}

function summaryOf(session: Session): CaseSummary {
  const theCase = session.theCase();
  const { log } = theCase;
  // Before its end a replay has no verdict, and judging it at every step would slow it down.
  const judgement = session.chain().isRunning() ? null : (session.chain().judged()?.judgement ?? null);
  const findings = judgement?.findings ?? findingsBefore(theCase);
  const bundle = log.last('bundle-imported');
  const seeds = new Map(log.of('seed-checked').map(event => [event.name, event]));
  return {
    id: theCase.id,
    name: theCase.name,
    folder: theCase.folder,
    by: session.by,
    readonly: false,
    broken: log.broken === null ? null : { ...log.broken },
    events: log.events.length,
    logHead: log.head.root,
    kit: kitOf(theCase),
    bundle: bundle
      ? {
          name: bundle.name,
          bundle: bundle.bundle,
          files: bundle.files,
          bytes: bundle.bytes,
          flagged: bundle.flagged,
        }
      : null,
    seeds: [...seeds.values()].map(({ name, seed, matches }) => ({ name, size: seed.size, matches })),
    replay: replayStatus(theCase),
    verdict: judgement?.verdict ?? null,
    openFindings: findings.filter(finding => finding.state === 'open').length,
    reports: log.of('report-sealed').length,
  };
}

/** What people raised, before the newest replay has come to its end. */
function findingsBefore(theCase: Case) {
  const review = reviewIn(theCase);
  return findingsBeforeReplay({
    raised: review.raised(),
    waivers: review.waivers(),
    attachments: review.attachments(),
  });
}

function kitOf(theCase: Case): CaseSummary['kit'] {
  const applied = theCase.log.last('kit-applied');
  if (!applied) return null;
  const { id, title, version } = parseKit(theCase.objects.read(applied.description.sha256), 'kit.toml').kit;
  return { id, title, version };
}
