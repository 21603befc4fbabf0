import { Checkbox, InputGroup } from '@blueprintjs/core';
import { SearchIcon } from '@blueprintjs/icons';
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import type { SquarePeople } from '../../parts/Squares.tsx';
import type { TreeHandle } from '../../viewers/tree/index.ts';
import { BundleTree, type ShownPart } from './BundleTree.tsx';
import { HitList, type HitListHandle } from './HitList.tsx';
import { KindFilter } from './KindFilter.tsx';
import { useSearch } from './use-search.ts';

/** What the page may ask of the pane at the left. */
export interface TreePaneHandle {
  focusSearch(): void;
  focusTree(): void;
}

interface TreePaneProps {
  readonly shown: ShownPart;
  readonly onShown: (shown: ShownPart) => void;
  readonly people: SquarePeople;
  readonly selected: string | null;
  /** A list of paths to show in place of the tree: what import noticed. */
  readonly list: PathList | null;
  readonly onCloseList: () => void;
  /** Something was chosen to be read. */
  readonly onOpen: () => void;
  readonly ref?: Ref<TreePaneHandle>;
}

export interface PathList {
  readonly title: string;
  readonly paths: readonly string[];
  /** How many there are; the list may hold the first of them only. */
  readonly count: number;
}

/** Search, what is shown, and the tree or what was found. */
export function TreePane(props: TreePaneProps) {
  const { shown, onShown, people, list } = props;
  const [text, setText] = useState('');
  const [kind, setKind] = useState<BundleRow['kind'] | null>(null);
  const search = useSearch(text, kind);
  const field = useRef<HTMLInputElement>(null);
  const tree = useRef<TreeHandle>(null);
  const hits = useRef<HitListHandle>(null);
  const searching = text.trim() !== '' || kind !== null;
  const leave = () => {
    setText('');
    setKind(null);
    props.onCloseList();
    requestAnimationFrame(() => tree.current?.focus());
  };
  useImperativeHandle(props.ref, () => ({
    focusSearch: () => {
      field.current?.focus();
      field.current?.select();
    },
    focusTree: () => (hits.current ?? tree.current)?.focus(),
  }));
  /** Enter was pressed; what it opens may still have to be found. */
  const wanted = useRef(false);
  const openWanted = useCallback(() => {
    if (!wanted.current || search.busy) return;
    wanted.current = false;
    hits.current?.openFirst();
  }, [search.busy]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also when the answer is another one
  useEffect(openWanted, [openWanted, search.hits]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && searching) leave();
    else if (event.key === 'ArrowDown') (hits.current ?? tree.current)?.focus();
    else if (event.key === 'Enter') wanted.current = searching;
    else return;
    event.preventDefault();
    event.stopPropagation();
    openWanted();
  };
  return (
    <>
      <search className="bundle-search" aria-label="Search the bundle">
        <InputGroup
          size="small"
          inputRef={field}
          leftIcon={<SearchIcon />}
          rightElement={<Kbd keys="Ctrl P" />}
          aria-label="Name, or slash and content, or number sign and bytes"
          placeholder="Name, /content or #bytes"
          spellCheck={false}
          value={text}
          onValueChange={value => {
            wanted.current = false;
            setText(value);
          }}
          onKeyDown={press}
        />
        <div className="bundle-filters">
          <Checkbox
            label="Read by the chain"
            checked={shown !== 'unused'}
            onChange={() => onShown(shown === 'unused' ? 'all' : 'unused')}
          />
          <Checkbox
            label="Not read"
            checked={shown !== 'used'}
            onChange={() => onShown(shown === 'used' ? 'all' : 'used')}
          />
          <KindFilter kind={kind} onKind={setKind} />
        </div>
      </search>
      {searching ? (
        <HitList
          title={search.words}
          hits={search.hits}
          problem={search.problem}
          selected={props.selected}
          onClose={leave}
          onOpen={props.onOpen}
          ref={hits}
        />
      ) : list ? (
        <HitList
          title={
            list.count > list.paths.length ? `${list.title}: the first ${list.paths.length}` : list.title
          }
          hits={list.paths.map(path => ({ path, line: null, offset: null, excerpt: null }))}
          problem={null}
          selected={props.selected}
          onClose={leave}
          onOpen={props.onOpen}
          ref={hits}
        />
      ) : null}
      <BundleTree
        shown={shown}
        people={people}
        selected={props.selected}
        hidden={searching || list !== null}
        onOpen={props.onOpen}
        ref={tree}
      />
      <Legend people={people} />
    </>
  );
}

function Legend({ people: { first, second } }: { readonly people: SquarePeople }) {
  if (first === null)
    return (
      <p className="bundle-legend">No file is reviewed yet. Two squares a file: first and second reviewer.</p>
    );
  return (
    <p className="bundle-legend">
      Squares: reviewed by <Inert text={first} prose />
      {second === null ? (
        '; nobody is second yet'
      ) : (
        <>
          , by <Inert text={second} prose />
        </>
      )}
      . Hollow: not reviewed.
    </p>
  );
}
