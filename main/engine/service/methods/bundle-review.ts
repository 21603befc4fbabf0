import { writePiecesAtomic } from '../../base/index.ts';
import { hexPattern, SEARCH_LIMITS, searchBundle, type TreeNode, textPattern } from '../../bundle/index.ts';
import type { Case } from '../../case/index.ts';
import {
  commentOnFile,
  removeComment,
  resolveComment,
  reviewFiles,
  reviewIn,
  withdrawReviews,
} from '../../review/index.ts';
import type { Handlers } from '../handler.ts';
import type { OpenedBundle } from '../opened-bundle.ts';
import type { Session } from '../session.ts';
import { isShown, type Shown } from '../uses.ts';

/** Paths named for one kind of notice. */
const NAMED = 100;

/** Methods for searching the bundle and for what people say of its files. */
export const bundleReviewHandlers: Handlers<
  | 'bundle.search'
  | 'bundle.flags'
  | 'bundle.reviewers'
  | 'bundle.review'
  | 'bundle.next'
  | 'bundle.comments'
  | 'bundle.comment'
  | 'bundle.settle-comment'
  | 'bundle.remove-comment'
  | 'bundle.export'
> = {
  async 'bundle.search'({ text, in: within, exact, kind, limit }, { session, signal, onProgress }) {
    const { bundle } = await session.bundle();
    const query = {
      ...(kind !== null && { kind }),
      ...(within === 'name' && { name: text }),
      ...(within === 'content' && { content: textPattern(text, !exact) }),
      ...(within === 'bytes' && { content: hexPattern(text) }),
    };
    const limits = { ...SEARCH_LIMITS, hits: limit };
    const found = await searchBundle(bundle, query, { signal, onProgress, limits });
    return { ...found, hits: found.hits.map(hit => ({ ...hit })) };
  },
  async 'bundle.flags'(_, { session }) {
    return noticesIn(await session.bundle(), session);
  },
  async 'bundle.reviewers'(_, { session }) {
    const opened = await session.bundle();
    const marks = opened.marks(session.theCase());
    const { reviewed, byTwo } = marks.counts('');
    const people = marks.people.map(person => ({ ...person }));
    return { files: opened.tree.root.files, reviewed, byTwo, people };
  },
  async 'bundle.review'({ paths, reviewed }, { session }) {
    const { bundle } = await session.bundle();
    const theCase = session.theCase();
    const files = reviewed ? reviewFiles(theCase, bundle, paths) : withdrawReviews(theCase, paths);
    return { files: files.length };
  },
  async 'bundle.next'({ path, show }, { session }) {
    return nextUnreviewed(await session.bundle(), path, show, session);
  },
  async 'bundle.comments'({ path }, { session }) {
    const { entry } = (await session.bundle()).node(path);
    const review = reviewIn(session.theCase());
    return {
      comments: review.comments().flatMap(comment => {
        const { on } = comment;
        return 'path' in on && on.path === path
          ? [{ ...comment, on: { ...on }, current: on.sha256 === entry?.sha256 }]
          : [];
      }),
      reviews: review
        .files()
        .filter(file => file.path === path)
        .map(({ by, at, sha256 }) => ({ by, at, current: sha256 === entry?.sha256 })),
    };
  },
  async 'bundle.comment'({ path, line, text }, { session }) {
    const { bundle } = await session.bundle();
    return { id: commentOnFile(session.theCase(), bundle, { path, line }, text).id };
  },
  'bundle.settle-comment'({ id, reason }, { session }) {
    resolveComment(session.theCase(), id, reason);
    return {};
  },
  'bundle.remove-comment'({ id }, { session }) {
    removeComment(session.theCase(), id);
    return {};
  },
  async 'bundle.export'({ path, location }, { session }) {
    const { bundle } = await session.bundle();
    return { bytes: writePiecesAtomic(location, bundle.chunks(path)) };
  },
};

interface Notice {
  count: number;
  readonly paths: string[];
}

function noticesIn(opened: OpenedBundle, session: Session) {
  const theCase = session.theCase();
  const seeds = new Set(session.kit().description.seed.map(seed => seed.path));
  const flags = new Map<string, Notice>();
  const [programs, empty]: [Notice, Notice] = [
    { count: 0, paths: [] },
    { count: 0, paths: [] },
  ];
  for (const { path, entry, children } of opened.tree.nodes()) {
    for (const flag of entry?.flags ?? []) {
      const notice = flags.get(flag) ?? { count: 0, paths: [] };
      flags.set(flag, notice);
      add(notice, path);
    }
    if (entry?.kind === 'elf' && !seeds.has(path)) add(programs, path);
    if (path !== '' && children?.length === 0) add(empty, path);
  }
  return {
    flags: [...flags]
      .map(([flag, notice]) => ({ flag, ...notice }))
      .sort((a, b) => a.count - b.count || (a.flag < b.flag ? -1 : 1)),
    programs,
    empty,
    unused: unusedFiles(opened, theCase),
  };
}

function add(notice: Notice, path: string): void {
  notice.count += 1;
  if (notice.paths.length < NAMED) notice.paths.push(path);
}

function unusedFiles(opened: OpenedBundle, theCase: Case): number | null {
  if (!theCase.log.last('plan-made')) return null;
  const uses = opened.uses(theCase);
  return opened.tree.root.files - (uses.files.get('') ?? 0);
}

function nextUnreviewed(opened: OpenedBundle, path: string, show: Shown, session: Session) {
  const theCase = session.theCase();
  const uses = opened.uses(theCase);
  const marks = opened.marks(theCase);
  let [first, next, left, passed]: [string | null, string | null, number, boolean] = [null, null, 0, false];
  for (const node of filesOf(opened.tree.root)) {
    if (node.path === path) passed = true;
    else if (isShown(node, show, uses) && !marks.reviewers(node.path).includes(session.by)) {
      left += 1;
      first ??= node.path;
      if (passed) next ??= node.path;
    }
  }
  return { path: next ?? first, left };
}

/** Files with content, in the order of the tree. */
function* filesOf(node: TreeNode): Generator<TreeNode> {
  if (node.entry?.type === 'file') yield node;
  for (const child of node.children ?? []) yield* filesOf(child);
}
