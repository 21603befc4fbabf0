import { ANSWER_LIMIT } from '../../../contract/requests/bundle.ts';
import {
  type CaseTree,
  checkSeeds,
  ensureBundle,
  makePlan,
  recheckSeeds,
  takeBinaries,
} from '../../audit/index.ts';
import { AssayError } from '../../base/index.ts';
import { bundleImports, goBackToBundle, importBundle, importCompanions } from '../../bundle/index.ts';
import type { Case } from '../../case/index.ts';
import type { Kit } from '../../chain/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Methods about the imported bundle. */
export const bundleHandlers: Handlers<
  | 'bundle.import'
  | 'bundle.imports'
  | 'bundle.use-again'
  | 'seed.check'
  | 'bundle.summary'
  | 'bundle.children'
  | 'bundle.place'
  | 'bundle.entry'
  | 'bundle.text'
> = {
  async 'bundle.import'({ locations, caseCounts }, { session, signal, onProgress }) {
    const theCase = session.theCase();
    const options = { signal, onProgress, caseCounts };
    const [source, ...beside] = locations;
    const imported =
      source === undefined
        ? await ensureBundle(theCase, session.kit(), { tree: null, files: [] }, options)
        : await importBundle(theCase, source, options);
    await importCompanions(theCase, beside, options);
    await takeNewBundle(session);
    const { name, files, bytes, flagged } = imported;
    return { name, bundle: imported.bundle, files, bytes, flagged };
  },
  'bundle.imports': (_, { session }) => bundleImports(session.theCase()),
  async 'bundle.use-again'({ sha256 }, { session }) {
    session.mustNotReplay();
    goBackToBundle(session.theCase(), sha256);
    await takeNewBundle(session);
    return {};
  },
  async 'seed.check'({ locations }, { session }) {
    if (!session.theCase().log.last('kit-applied')) {
      takeBinaries(session.theCase(), locations);
      return {};
    }
    const { bundle } = await session.bundle();
    checkSeeds(session.theCase(), session.kit(), bundle, locations);
    readPlanIfPossible(session.theCase(), session.kit(), bundle);
    return {};
  },
  async 'bundle.summary'(_, { session }) {
    const theCase = session.theCase();
    const imported = theCase.log.last('bundle-imported');
    if (!imported) return null;
    const opened = await session.bundle();
    const uses = opened.uses(theCase);
    const kinds: Record<string, number> = {};
    let [folders, used] = [0, 0];
    for (const node of opened.tree.nodes()) {
      if (node.path === '') continue;
      const kind = node.entry?.kind ?? 'directory';
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      if (node.children) folders += 1;
      else if (uses.touched.has(node.path)) used += 1;
    }
    const { name, form, compression, bundle } = imported;
    const { files, bytes, flagged } = opened.tree.root;
    return { name, form, compression, bundle, files, folders, bytes, flagged, used, kinds };
  },
  async 'bundle.children'({ folder, offset, limit, show }, { session }) {
    const theCase = session.theCase();
    const opened = await session.bundle();
    const children = opened.children(folder, show, theCase);
    const rows = children.slice(offset, offset + limit).map(node => opened.row(node, theCase));
    return { total: children.length, rows };
  },
  async 'bundle.place'({ path, show }, { session }) {
    const opened = await session.bundle();
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    const place = opened.children(folder, show, session.theCase()).findIndex(node => node.path === path);
    return { place: place < 0 ? null : place };
  },
  async 'bundle.entry'({ path }, { session }) {
    const opened = await session.bundle();
    const uses = opened.uses(session.theCase());
    const node = opened.node(path);
    return {
      row: opened.row(node, session.theCase()),
      readBy: [...(uses.readings.get(path) ?? [])],
      description: uses.description.has(path),
      offset: node.entry?.type === 'file' ? node.entry.offset : null,
    };
  },
  async 'bundle.text'({ path }, { session }) {
    const { bundle } = await session.bundle();
    const size = (await session.bundle()).node(path).bytes;
    if (size > ANSWER_LIMIT * 2) return { text: '', size, encoding: 'too-large' };
    const bytes = bundle.read(path, ANSWER_LIMIT * 2);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return { text, size: bytes.length, encoding: text.includes('\0') ? 'binary' : 'utf-8' };
    } catch {
      return { text: '', size, encoding: 'binary' };
    }
  },
};

/** The case has another bundle: what is open of the one before is closed, and seeds and plan are looked at again. */
async function takeNewBundle(session: Session): Promise<void> {
  await session.reopenBundle();
  const { bundle } = await session.bundle();
  recheckSeeds(session.theCase(), session.kit(), bundle);
  readPlanIfPossible(session.theCase(), session.kit(), bundle);
}

/** Records the plan once everything it is read from is there; until then the page Chain says what is wrong. */
function readPlanIfPossible(theCase: Case, kit: Kit, bundle: CaseTree): void {
  try {
    makePlan(theCase, kit, bundle);
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
  }
}
