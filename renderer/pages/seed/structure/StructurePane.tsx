import { useMemo, useRef, useState } from 'react';
import type { StructureNodeRow } from '../../../../main/contract/requests/index.ts';
import { useCommands } from '../../../commands/index.ts';
import { useEngine } from '../../../engine/index.ts';
import { offset as offsetText } from '../../../parts/format.ts';
import { Inert } from '../../../parts/Inert.tsx';
import { Mark } from '../../../parts/Mark.tsx';
import { ProblemPanel } from '../../../parts/ProblemPanel.tsx';
import type { ByteRange } from '../../../viewers/hex/index.ts';
import { type TreeHandle, TreeView } from '../../../viewers/tree/index.ts';
import { NOTICES } from './notice-words.ts';
import { StructureFacts } from './StructureFacts.tsx';
import { type CodeName, countsText, type StructureItem, StructureModel } from './structure-model.ts';
import { useStructureTree } from './use-structure-tree.ts';
import './structure.css';

interface StructurePaneProps {
  /** sha256 of the seed. */
  readonly seed: string;
  /** The selected bytes. */
  readonly range: ByteRange;
  readonly onSelect: (start: number, end: number) => void;
  /** Begins an annotation of these bytes with this label. */
  readonly onAnnotate: (range: ByteRange, label: string) => void;
}

const COLUMNS = ['Part', 'What is said of it', 'Offset'];

/** The parts that the seed's own format names, over the one selection of the page. */
export function StructurePane({ seed, range, onSelect, onAnnotate }: StructurePaneProps) {
  const { value: structure, problem } = useEngine('seed.structure', { seed }, { once: true });
  const { value: code } = useEngine('seed.code', { seed, offset: 0 });
  // An answer comes again whenever the log has grown; the tree is another only when the names are.
  const names = JSON.stringify(code?.labels ?? []);
  const model = useMemo(
    () => new StructureModel(structure?.nodes ?? [], JSON.parse(names) as CodeName[]),
    [structure, names],
  );
  if (problem) return <ProblemPanel title="The structure cannot be read" problem={problem} />;
  return (
    <div className="structure">
      <header className="panehead">
        <h2>Structure</h2>
        <span className="t2 cut">{countsText(model.counts())}</span>
      </header>
      <StructureTree model={model} range={range} onSelect={onSelect} onAnnotate={onAnnotate} />
      {(structure?.leftOut ?? 0) > 0 && (
        <p className="structure-note t2">{`${structure?.leftOut} more parts are left out.`}</p>
      )}
    </div>
  );
}

interface StructureTreeProps extends Pick<StructurePaneProps, 'range' | 'onSelect' | 'onAnnotate'> {
  readonly model: StructureModel;
}

/** Which part was selected in the tree, as long as its bytes are the selected ones: others may have the same bytes. */
interface Chosen {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

function StructureTree({ model, range, onSelect, onAnnotate }: StructureTreeProps) {
  const view = useRef<TreeHandle>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { start, end } = range;
  const selected = useMemo(() => {
    const stands = chosen !== null && chosen.start === start && chosen.end === end;
    return (stands && model.item(chosen.key)) || model.deepest({ start, end });
  }, [model, chosen, start, end]);
  const tree = useStructureTree(model, selected?.key ?? null, view);
  const choose = ({ key, node: { offset, length } }: StructureItem) => {
    if (length === 0) return setChosen({ key, start, end });
    setChosen({ key, start: offset, end: offset + length });
    onSelect(offset, offset + length);
  };
  const annotate = () => {
    if (selected) onAnnotate(rangeOf(selected.node), labelOf(selected.node));
  };
  const nextNotice = () => {
    const next = model.nextNotice(selected?.key ?? null);
    if (next) choose(next);
  };
  const annotatable = (selected?.node.length ?? 0) > 0;
  useCommands(
    () => [
      {
        id: 'seed.annotate-field',
        title: 'Annotate this field',
        group: 'On this page',
        keys: 'F',
        enabled: annotatable,
        run: annotate,
      },
      {
        id: 'seed.next-notice',
        title: 'Next part that something is said of',
        group: 'On this page',
        keys: 'Shift N',
        run: nextNotice,
      },
    ],
    [model, selected, annotatable],
  );
  return (
    <>
      <TreeView
        tree={tree}
        label="Structure"
        columns={COLUMNS}
        selected={selected?.key ?? null}
        onSelect={choose}
        renderIcon={() => null}
        renderName={item => <Name node={item.node} />}
        renderAside={aside}
        ref={view}
      />
      {selected && <StructureFacts node={selected.node} onAnnotate={annotatable ? annotate : null} />}
    </>
  );
}

function Name({ node: { label, value } }: { readonly node: StructureNodeRow }) {
  return <Inert text={value === null ? label : `${label} = ${value}`} prose cut />;
}

function aside({ gravest, node }: StructureItem) {
  const own = node.notices.map(({ message }) => message).join('. ');
  return [
    gravest && (
      <span className={`structure-mark mark-${NOTICES[gravest].mark}`} key="notice" title={own || 'In it'}>
        <Mark name={NOTICES[gravest].mark} />
        <span className="unseen">
          {own === '' ? `${NOTICES[gravest].word} in it` : NOTICES[gravest].word}
        </span>
      </span>
    ),
    <span className="structure-offset" key="offset">
      {node.length > 0 && offsetText(node.offset)}
    </span>,
  ];
}

function rangeOf({ offset, length }: StructureNodeRow): ByteRange {
  return { start: offset, end: offset + length };
}

/** `e_entry = 0x400078`, as an annotation's label may be long. */
function labelOf({ label, value }: StructureNodeRow): string {
  return (value === null ? label : `${label} = ${value}`).slice(0, 200);
}
