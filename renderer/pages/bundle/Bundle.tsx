import { Button } from '@blueprintjs/core';
import { ArchiveIcon, ExportIcon, TickIcon } from '@blueprintjs/icons';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useCase } from '../../case.ts';
import { useCommands } from '../../commands/index.ts';
import { ask, attempt, desktop, useEngine } from '../../engine/index.ts';
import { noteAtHand } from '../../lineage/at-hand.ts';
import { useSubject } from '../../lineage/subject.ts';
import { counted } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { MainPane, Panes, SidePane } from '../../shell/Panes.tsx';
import { Bundles } from './Bundles.tsx';
import type { ShownPart } from './BundleTree.tsx';
import { FactsPane } from './FactsPane.tsx';
import { type FileHandle, FilePane } from './FilePane.tsx';
import { NoBundle } from './NoBundle.tsx';
import { nameOf, openPath, useBundlePlace } from './selection.ts';
import { type PathList, TreePane, type TreePaneHandle } from './TreePane.tsx';
import './bundle.css';

/** The page Bundle: tree, file, facts. */
export default function Bundle() {
  const summary = useCase();
  if (!summary) return null;
  if (!summary.bundle) {
    return (
      <>
        <PageHead title="Bundle" />
        <Panes>
          <MainPane label="Bundle">
            <NoBundle kit={summary.kit?.id ?? null} />
          </MainPane>
        </Panes>
      </>
    );
  }
  return <Imported bundle={summary.bundle} kit={summary.kit?.id ?? null} />;
}

type Summary = NonNullable<NonNullable<ReturnType<typeof useCase>>['bundle']>;

function Imported({ bundle, kit }: { readonly bundle: Summary; readonly kit: string | null }) {
  const place = useBundlePlace();
  const path = place?.path ?? null;
  useSubject(path);
  useEffect(() => {
    if (place?.line) noteAtHand({ path: place.path, line: place.line });
  }, [place]);
  const [shown, setShown] = useState<ShownPart>('all');
  const [list, setList] = useState<PathList | null>(null);
  const left = useRef<TreePaneHandle>(null);
  const file = useRef<FileHandle>(null);
  const takeFile = useFocusOnOpen(file, path);
  const { value: reviewers } = useEngine('bundle.reviewers', {});
  const { value: entry } = useEngine('bundle.entry', path === null ? null : { path });
  const isFile = entry?.row.path === path && entry?.row.type === 'file';
  const people = reviewers?.people ?? [];

  const review = useCallback(
    () =>
      void attempt('The review was not recorded', async () => {
        if (path === null) return;
        await ask('bundle.review', { paths: [path], reviewed: true }, { quiet: true });
        const next = await ask('bundle.next', { path, show: shown }, { quiet: true });
        if (next.path !== null) openPath(next.path);
      }),
    [path, shown],
  );
  const exportFile = useCallback(
    () =>
      void attempt('The file was not exported', async () => {
        if (path === null) return;
        const target = await desktop('choose.target', { name: safeName(nameOf(path)) });
        if (target) await ask('bundle.export', { path, location: target.grant });
      }),
    [path],
  );
  const [choosing, setChoosing] = useState(false);
  useCommands(
    () => [
      {
        id: 'bundle.imports',
        title: 'Bundles of this case',
        group: 'On this page',
        run: () => setChoosing(true),
      },
      {
        id: 'bundle.search',
        title: 'Find a file',
        group: 'On this page',
        keys: 'Ctrl P',
        run: () => left.current?.focusSearch(),
      },
      {
        id: 'bundle.find',
        title: 'Find in this file',
        group: 'On this page',
        keys: 'Ctrl F',
        enabled: isFile,
        run: () => file.current?.openFind(),
      },
      {
        id: 'bundle.go-to',
        title: 'Go to a line or byte',
        group: 'On this page',
        keys: 'Ctrl G',
        enabled: isFile,
        run: () => file.current?.openGoTo(),
      },
      {
        id: 'bundle.review',
        title: 'Mark reviewed and go on',
        group: 'On this page',
        keys: 'R',
        enabled: isFile,
        run: review,
      },
      {
        id: 'bundle.comment',
        title: 'Comment on this line',
        group: 'On this page',
        keys: 'A',
        enabled: isFile,
        run: () => file.current?.comment?.(),
      },
      {
        id: 'bundle.export',
        title: 'Export this file',
        group: 'On this page',
        enabled: isFile,
        run: exportFile,
      },
      {
        id: 'bundle.tree',
        title: 'To the tree',
        group: 'On this page',
        listed: false,
        run: () => left.current?.focusTree(),
      },
    ],
    [isFile, review, exportFile],
  );

  return (
    <>
      <PageHead
        title="Bundle"
        subject={
          <>
            <Inert text={bundle.name} /> {counted(bundle.bundle.size, 'byte')},{' '}
            {counted(bundle.files, 'file')}, sha256 <Hash value={bundle.bundle.sha256} />
          </>
        }
        actions={
          <>
            <Button size="small" variant="minimal" icon={<ArchiveIcon />} onClick={() => setChoosing(true)}>
              Bundles
            </Button>
            <Button
              size="small"
              variant="minimal"
              icon={<ExportIcon />}
              disabled={!isFile}
              onClick={exportFile}
            >
              Export file
            </Button>
            <Button size="small" intent="primary" icon={<TickIcon />} disabled={!isFile} onClick={review}>
              Mark reviewed and go on <Kbd keys="R" />
            </Button>
          </>
        }
      />
      <Panes>
        <SidePane name="bundle.tree" label="Tree" side="left" width={296}>
          <TreePane
            shown={shown}
            onShown={setShown}
            people={{ first: people[0]?.name ?? null, second: people[1]?.name ?? null }}
            selected={path}
            list={list}
            onCloseList={() => setList(null)}
            onOpen={takeFile.focus}
            ref={left}
          />
        </SidePane>
        <MainPane label="File">
          <FilePane place={place} ref={takeFile.ref} />
        </MainPane>
        <SidePane name="bundle.facts" label="Facts" side="right" width={296}>
          <FactsPane path={path} onList={setList} />
        </SidePane>
      </Panes>
      {choosing && <Bundles kit={kit} onClose={() => setChoosing(false)} />}
    </>
  );
}

/** Gives the focus to the file that was opened, as soon as it is there. */
function useFocusOnOpen(file: RefObject<FileHandle | null>, path: string | null) {
  const wanted = useRef(false);
  const shown = useRef(path);
  shown.current = path;
  const give = useCallback(() => {
    if (!wanted.current || file.current?.path !== shown.current) return;
    wanted.current = false;
    file.current?.focus();
  }, [file]);
  const ref = useCallback(
    (handle: FileHandle | null) => {
      file.current = handle;
      give();
    },
    [file, give],
  );
  const focus = useCallback(() => {
    wanted.current = true;
    requestAnimationFrame(give);
  }, [give]);
  return { ref, focus };
}

/** A name that a file may be saved under, whatever it is called in the archive. */
function safeName(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 100);
  return /^[\p{L}\p{N}]/u.test(plain) ? plain : `file${plain}`;
}
