import { DocumentIcon, FolderCloseIcon, FolderOpenIcon, LinkIcon, WarningSignIcon } from '@blueprintjs/icons';
import { type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, asProblem } from '../../engine/index.ts';
import { number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { type SquarePeople, Squares } from '../../parts/Squares.tsx';
import { type TreeHandle, type TreeItem, TreeView, useTree } from '../../viewers/tree/index.ts';
import { FolderBar } from './Squares.tsx';
import { openPath, pathsTo } from './selection.ts';
import { flagWords } from './words.ts';

export type ShownPart = 'all' | 'used' | 'unused';

interface BundleItem extends TreeItem {
  readonly row: BundleRow;
}

interface BundleTreeProps {
  readonly shown: ShownPart;
  readonly people: SquarePeople;
  readonly selected: string | null;
  /** True while what was found stands in its place; what is open stays open. */
  readonly hidden: boolean;
  /** Enter on a file. */
  readonly onOpen: () => void;
  readonly ref?: Ref<TreeHandle>;
}

/** Keys begin with a slash, so that the whole bundle, `/`, is a row as well. */
const keyOf = (path: string) => `/${path}`;
const COLUMNS = ['Name', 'Files and review'];

/** The imported tree. */
export function BundleTree({ shown, people, selected, hidden, onOpen, ref }: BundleTreeProps) {
  const bundle = useCase()?.bundle?.bundle.sha256 ?? '';
  const events = useCase()?.events ?? 0;
  const view = useRef<TreeHandle>(null);
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    show: index => view.current?.show(index),
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another bundle is another tree
  const load = useCallback(
    async (key: string, offset: number, limit: number) => {
      if (key === '') return { total: 1, items: [await rootItem()] };
      const { total, rows } = await ask(
        'bundle.children',
        { folder: key.slice(1), offset, limit, show: shown },
        { quiet: true },
      );
      return { total, items: rows.map(itemOf) };
    },
    [shown, bundle],
  );
  const tree = useTree<BundleItem>(load);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever happened may have changed reviews and uses
  useEffect(() => tree.refresh(), [tree.refresh, events]);

  const { reveal } = tree;
  const [found, setFound] = useState<{ readonly index: number } | null>(null);
  useEffect(() => {
    if (selected === null || hidden) return undefined;
    let current = true;
    const keys = ['/', ...pathsTo(selected).map(keyOf)];
    const placeOf = async (parent: string, key: string) =>
      parent === ''
        ? 0
        : (await ask('bundle.place', { path: key.slice(1), show: shown }, { quiet: true })).place;
    reveal(keys, placeOf).then(
      index => current && index >= 0 && setFound({ index }),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [selected, hidden, reveal, shown]);
  // After the rows that were opened on the way are drawn.
  useEffect(() => {
    if (found) view.current?.show(found.index);
  }, [found]);

  const aside = useMemo(
    () => (item: BundleItem) => [<Aside key="aside" row={item.row} people={people} />],
    [people],
  );
  if (tree.problem !== null) {
    return <p className="bundle-note">The tree could not be read: {asProblem(tree.problem).message}</p>;
  }
  return (
    <div className="bundle-tree" hidden={hidden}>
      <TreeView
        tree={tree}
        label="Files of the bundle"
        columns={COLUMNS}
        selected={selected === null ? null : keyOf(selected)}
        onSelect={item => item.key !== '/' && openPath(item.row.path)}
        onOpen={onOpen}
        renderIcon={(item, open) => <Icon row={item.row} open={open} />}
        renderName={item => <Inert text={item.name} prose cut />}
        renderAside={aside}
        ref={view}
      />
    </div>
  );
}

function itemOf(row: BundleRow): BundleItem {
  return { key: keyOf(row.path), name: row.name, branch: row.type === 'directory', row };
}

async function rootItem(): Promise<BundleItem> {
  const [summary, { reviewed, byTwo }] = await Promise.all([
    ask('bundle.summary', {}, { quiet: true }),
    ask('bundle.reviewers', {}, { quiet: true }),
  ]);
  const name = summary?.name ?? '';
  const row: BundleRow = {
    name,
    path: '',
    type: 'directory',
    kind: 'directory',
    mode: null,
    size: 0,
    sha256: null,
    target: null,
    flags: [],
    files: summary?.files ?? 0,
    bytes: summary?.bytes ?? 0,
    flagged: summary?.flagged ?? 0,
    used: true,
    reviewers: [],
    reviewed,
    byTwo,
    comments: 0,
  };
  return { key: '/', name, branch: true, row };
}

function Icon({ row, open }: { readonly row: BundleRow; readonly open: boolean }) {
  if (row.type === 'directory') return open ? <FolderOpenIcon /> : <FolderCloseIcon />;
  return row.type === 'file' ? <DocumentIcon /> : <LinkIcon />;
}

function Aside({ row, people }: { readonly row: BundleRow; readonly people: SquarePeople }) {
  if (row.type === 'directory') {
    return (
      <span className="tree-counts">
        <span className="num">{number(row.files)}</span>
        <FolderBar files={row.files} reviewed={row.reviewed} />
      </span>
    );
  }
  const flags = row.flags.map(flag => flagWords(flag).words).join('. ');
  return (
    <span className={`tree-counts${row.used ? '' : ' tree-unused'}`}>
      {row.comments > 0 && (
        <span className="tree-comments" title={`${row.comments} open`}>
          {row.comments}
          <span className="unseen"> open comments</span>
        </span>
      )}
      {flags !== '' && (
        <span className="tree-flag" title={flags}>
          <WarningSignIcon size={14} />
          <span className="unseen">{flags}</span>
        </span>
      )}
      {!row.used && <span className="tree-word">not read</span>}
      {row.type === 'file' && <Squares reviewers={row.reviewers} people={people} />}
    </span>
  );
}
