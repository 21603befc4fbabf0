import { SegmentedControl } from '@blueprintjs/core';
import { type Ref, useEffect, useState } from 'react';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { FileHistory } from './FileHistory.tsx';
import { FolderSummary } from './FolderSummary.tsx';
import { HexFile } from './HexFile.tsx';
import { SourceFile } from './SourceFile.tsx';
import type { BundlePlace } from './selection.ts';
import { folderOf, nameOf } from './selection.ts';
import { kindWords } from './words.ts';

export type FileView = 'source' | 'hex' | 'history';

/** What the page's commands ask of the file that is shown. */
export interface FileHandle {
  readonly path: string;
  focus(): void;
  openFind(): void;
  openGoTo(): void;
  /** Begins a comment on the line that the cursor is on. Only sources have lines. */
  comment?(): void;
}

interface FilePaneProps {
  readonly place: BundlePlace | null;
  readonly ref?: Ref<FileHandle>;
}

/** The selected file: its source, its bytes, or what happened to it. */
export function FilePane({ place, ref }: FilePaneProps) {
  const path = place?.path ?? null;
  const { value: entry, problem } = useEngine('bundle.entry', path === null ? null : { path });
  const [view, setView] = useState<FileView | null>(null);
  const [words, setWords] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is shown in its own way
  useEffect(() => {
    setView(null);
    setWords('');
  }, [path]);
  if (!place)
    return <p className="bundle-note t2">Choose a file at the left. Ctrl P finds one by its name.</p>;
  if (problem) return <ProblemPanel title="The file could not be read" problem={problem} />;
  if (!entry) return null;
  const { row } = entry;
  const shown = view ?? defaultView(row);
  const isFile = row.type === 'file' || row.type === 'hardlink';
  return (
    <>
      <div className="file-head">
        <span className="cut grow">
          <span className="t2">
            <Inert text={folderOf(row.path)} />
          </span>
          <span className="strong">
            <Inert text={nameOf(row.path)} />
          </span>
          <span className="t2 file-words">
            {isFile ? `${words || kindWords(row.kind)}, read-only` : kindWords(row.kind)}
          </span>
        </span>
        {isFile && (
          <SegmentedControl
            size="small"
            aria-label="View"
            value={shown}
            onValueChange={value => setView(value as FileView)}
            options={[
              { label: 'Source', value: 'source' },
              { label: 'Hex', value: 'hex' },
              { label: 'History', value: 'history' },
            ]}
          />
        )}
      </div>
      {!isFile ? (
        <Other row={row} />
      ) : shown === 'history' ? (
        <FileHistory path={row.path} />
      ) : shown === 'source' ? (
        <SourceFile key={row.path} row={row} place={place} onWords={setWords} ref={ref ?? null} />
      ) : (
        <HexFile key={row.path} row={row} place={place} onWords={setWords} ref={ref ?? null} />
      )}
    </>
  );
}

function defaultView({ kind }: BundleRow): FileView {
  return kind === 'text' || kind === 'script' || kind === 'empty' ? 'source' : 'hex';
}

function Other({ row }: { readonly row: BundleRow }) {
  if (row.type === 'directory') return <FolderSummary row={row} />;
  return (
    <p className="bundle-note">
      A link to <Inert text={row.target ?? ''} />. {counted(row.size, 'byte')} of its own.
    </p>
  );
}
