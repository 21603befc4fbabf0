import { useRef } from 'react';
import type { StructureNodeRow } from '../../../main/contract/requests/index.ts';
import { offset as offsetText } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { type TreeHandle, TreeView } from '../tree/index.ts';
import { NOTICES } from './notice-words.ts';
import type { StructureItem, StructureModel } from './structure-model.ts';
import type { StructureSelection } from './use-structure-selection.ts';
import { useStructureTree } from './use-structure-tree.ts';
import './structure.css';

interface StructureTreeProps {
  readonly model: StructureModel;
  readonly selection: StructureSelection;
}

const COLUMNS = ['Part', 'What is said of it', 'Offset'];

/** The parts of a binary as a tree: name and value, a mark where something is said of it or of a part of it, its offset. */
export function StructureTree({ model, selection: { selected, choose } }: StructureTreeProps) {
  const view = useRef<TreeHandle>(null);
  const tree = useStructureTree(model, selected?.key ?? null, view);
  return (
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
