import { Checkbox } from '@blueprintjs/core';
import { useMemo, useRef, useState } from 'react';
import type {
  CodeRowAnswer,
  CoverageRow,
  Output,
  SeedCodeAnswer,
} from '../../../main/contract/requests/index.ts';
import { type Command, useCommands } from '../../commands/index.ts';
import { counted, offset } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { CallRests } from './code/CallRests.tsx';
import { ClaimQuestions } from './code/ClaimQuestions.tsx';
import { CodeGrid, type CodeGridHandle, sourceOf } from './code/CodeGrid.tsx';
import { bytesOfRows, leadsTo, nextUnexplainedRow } from './code/code-lines.ts';
import { type CodeMoves, useCodeMoves } from './code/use-code-moves.ts';
import { useCodePart } from './code/use-code-part.ts';
import { SourceLines } from './SourceLines.tsx';
import type { Annotations } from './use-annotations.ts';
import type { SeedSelection } from './use-seed-selection.ts';

type Source = NonNullable<Output<'seed.source'>>;

interface InstructionsPaneProps {
  readonly seed: string;
  /** Null when the kit names none. */
  readonly source: Source | null;
  readonly selection: SeedSelection;
  readonly annotations: Annotations;
  readonly coverage: CoverageRow | undefined;
  /** Begins an annotation of what is selected. */
  readonly onAnnotate: () => void;
}

/** What the bytes do: instructions beside the source that gives them, linked with the selection of the page. */
export function InstructionsPane(props: InstructionsPaneProps) {
  const { seed, source, selection, annotations, coverage, onAnnotate } = props;
  const [comments, setComments] = useState(false);
  const grid = useRef<CodeGridHandle>(null);
  const { answered, lines, show } = useCodePart(seed, selection);
  const code = answered.value;
  const moves = useCodeMoves(code, selection);
  const text = useMemo(() => (source?.assembles ? source.text.split('\n') : null), [source]);
  useCodeCommands({ code, moves, selection, coverage, grid, onAnnotate });
  useCommentsCommand(text !== null, comments, setComments);
  if (answered.problem) return <ProblemPanel title="The code cannot be read" problem={answered.problem} />;
  if (!code) return <NoCode words="Reading the instructions…" />;
  if (code.why !== null) {
    return (
      <>
        <NoCode words={`${code.why}.`} />
        {source && <SourceLines source={source} range={selection.range} onSelect={selection.select} />}
      </>
    );
  }
  return (
    <div className="code-pane">
      <header className="panehead">
        <h2>Instructions</h2>
        <span className="t2">{code.machine}</span>
        <span className="t2 mono cut grow">{text && source && <Inert text={nameOf(source.path)} cut />}</span>
        {text && (
          <Checkbox
            className="chain-follow"
            label="Comments"
            checked={comments}
            onChange={event => setComments(event.currentTarget.checked)}
          />
        )}
      </header>
      <CodeGrid
        ref={grid}
        code={code}
        lines={lines}
        moves={moves}
        decorations={annotations.decorations}
        source={text}
        comments={comments}
        onPart={show}
      />
      {text && comments && <WholeComment row={code.rows[moves.caret]} source={text} />}
      <CallRests row={code.rows[moves.caret]} onShow={moves.go} />
      <ClaimQuestions seed={seed} selection={selection} annotations={annotations} />
      <FlowWords code={code} onShow={selection.select} />
    </div>
  );
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The pane without instructions, and why. */
function NoCode({ words }: { readonly words: string }) {
  return (
    <>
      <header className="panehead">
        <h2>Instructions</h2>
      </header>
      <p className="code-none t2" role="status">
        {words}
      </p>
    </>
  );
}

interface Acted {
  readonly code: SeedCodeAnswer | undefined;
  readonly moves: CodeMoves;
  readonly selection: SeedSelection;
  readonly coverage: CoverageRow | undefined;
  readonly grid: { readonly current: CodeGridHandle | null };
  readonly onAnnotate: () => void;
}

function useCodeCommands({ code, moves, selection, coverage, grid, onAnnotate }: Acted): void {
  const rows = code?.rows ?? [];
  const row = rows[moves.caret];
  const next = () => {
    const found = nextUnexplainedRow(rows, moves.caret, coverage?.unexplained ?? []);
    if (!found) return;
    selection.select(found.offset, found.offset + found.length);
    grid.current?.focus();
  };
  const annotate = () => {
    const bytes = bytesOfRows(rows, moves.selected.from, moves.selected.to - 1);
    if (!bytes) return;
    selection.select(bytes.start, bytes.end);
    onAnnotate();
  };
  useCommands((): readonly Command[] => {
    const command = (
      id: string,
      keys: string,
      title: string,
      enabled: boolean,
      run: () => void,
    ): Command => ({
      id: `seed.code-${id}`,
      title,
      group: 'On this page',
      keys,
      enabled,
      run,
    });
    return [
      command('next', 'I', 'Next unexplained instruction', rows.length > 0, next),
      command('annotate', 'Shift I', 'Annotate instruction', row !== undefined, annotate),
      command('follow', 'J', 'Follow jump, or to what sets the number of a call', leadsTo(row) !== null, () =>
        moves.follow(row),
      ),
      command('back', 'Shift J', 'Back to the jump or call', moves.canGoBack, moves.back),
    ];
  }, [code, coverage, moves.caret, moves.selected.from, moves.selected.to, moves.canGoBack, onAnnotate]);
}

/** The comment beside the selected instruction, which its line may have no room for. */
function WholeComment({
  row,
  source,
}: {
  readonly row: CodeRowAnswer | undefined;
  readonly source: readonly string[];
}) {
  const line = row?.line ?? null;
  const comment = line === null ? '' : sourceOf(source[line - 1] ?? '', true).comment;
  return (
    <p className="code-foot code-whole">
      {comment === '' ? (
        <span className="t3">{line === null ? 'No line of the source' : `Line ${line} has no comment`}</span>
      ) : (
        <span className="mono">
          <Inert text={comment} />
        </span>
      )}
    </p>
  );
}

/** Shows what the source claims, once one has judged for oneself. */
function useCommentsCommand(enabled: boolean, shown: boolean, onShown: (shown: boolean) => void): void {
  useCommands(
    () => [
      {
        id: 'seed.comments',
        title: shown ? 'Hide the comments of the source' : 'Show the comments of the source',
        group: 'On this page',
        keys: 'Shift C',
        enabled,
        run: () => onShown(!shown),
      },
    ],
    [enabled, shown, onShown],
  );
}

/** What is to be said of the flow of control as a whole. */
function FlowWords({
  code,
  onShow,
}: {
  readonly code: SeedCodeAnswer;
  readonly onShow: SeedSelection['select'];
}) {
  const { flow } = code;
  if (!flow)
    return <p className="code-foot t2">Control was not followed: there is more code than is read at once.</p>;
  const places: readonly [number, string, readonly number[]][] = [
    [
      flow.indirect.length,
      'jumps where a register or memory says: not every way was followed',
      flow.indirect,
    ],
    [flow.outside.length, 'leads to where the file has no code', flow.outside],
    [flow.undecodable.length, 'comes to what is no instruction', flow.undecodable],
  ];
  const [first] = flow.unreached;
  return (
    <div className="code-foot">
      {first ? (
        <p>
          Nothing reaches{' '}
          <button
            type="button"
            className="as-link"
            onClick={() => onShow(first.offset, first.offset + first.length)}
          >
            {counted(flow.unreachedBytes, 'byte')}
          </button>
          {flow.unreached.length > 1 ? ` in ${counted(flow.unreached.length, 'place')}` : ''} of this code.
        </p>
      ) : (
        <p className="t2">Control reaches all of this code.</p>
      )}
      {places.map(
        ([count, words, offsets]) =>
          count > 0 && (
            <p key={words}>
              <button
                type="button"
                className="as-link mono"
                onClick={() => onShow(offsets[0] ?? 0, (offsets[0] ?? 0) + 1)}
              >
                {offset(offsets[0] ?? 0)}
              </button>
              {count > 1 ? ` and ${counted(count - 1, 'other')}` : ''}: {words}.
            </p>
          ),
      )}
    </div>
  );
}
