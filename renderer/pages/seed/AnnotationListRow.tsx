import { ChevronDownIcon, ChevronRightIcon } from '@blueprintjs/icons';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import type { ListRow, Numbered } from './annotation-rows.ts';
import { colourNamed, colourOf } from './colours.ts';
import { initials } from './seed-model.ts';
import { placesText, rangesText } from './seed-words.ts';

interface AnnotationListRowProps {
  readonly id: string;
  readonly row: ListRow;
  readonly index: number;
  readonly selected: boolean;
  /** Whether it speaks of the selected bytes. */
  readonly touched: boolean;
  /** Pixels from the top, and its height. */
  readonly start: number;
  readonly height: number;
  readonly onPress: () => void;
  readonly onOpen: () => void;
}

/** One row of the list of annotations. */
export function AnnotationListRow(props: AnnotationListRowProps) {
  const { row, index, selected, touched, start, height } = props;
  const isGroup = row.group !== undefined;
  const place = isGroup ? ' seed-row-group' : row.level > 1 ? ' seed-row-inner' : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not in view are not drawn, which a table element cannot say
    // biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 1}
      aria-level={isGroup ? 1 : row.level}
      aria-selected={selected}
      aria-expanded={isGroup ? !row.closed : undefined}
      className={`dt-row seed-row${place}${touched ? ' seed-row-touched' : ''}`}
      style={{ height, transform: `translateY(${start}px)` }}
      onClick={props.onPress}
      onDoubleClick={props.onOpen}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid is the one stop */}
      <div role="gridcell" className="dt-cell">
        {isGroup ? <GroupHead row={row} /> : <AnnotationCell {...row} />}
      </div>
    </div>
  );
}

function GroupHead({ row }: { readonly row: Extract<ListRow, { readonly group: string }> }) {
  return (
    <>
      {row.closed ? <ChevronRightIcon size={14} /> : <ChevronDownIcon size={14} />}
      <span className="strong cut grow">
        <Inert text={row.group} prose cut />
      </span>
      <span className="t3">{row.count}</span>
    </>
  );
}

function AnnotationCell({ annotation }: Numbered) {
  const { kind, label, by, resolution } = annotation;
  const colour = colourNamed(annotation.colour);
  return (
    <>
      <span
        className={colour ? 'seed-coloured' : `mark-${kind}`}
        style={{ color: colour ? colourOf(colour) : undefined }}
      >
        <Mark name={kind} />
      </span>
      <div className="two-lines grow">
        <div className="cut">
          <Inert text={label} prose cut />
        </div>
        <div className="t3 cut seed-row-place" title={placesText(annotation)}>
          {rangesText(annotation)} · {resolution ? `${kind}, settled` : kind}
          {colour && ` · ${colour}`}
        </div>
      </div>
      <span className="t3" title={by}>
        <span aria-hidden="true">{initials(by)}</span>
        <span className="unseen">
          by <Inert text={by} prose />
        </span>
      </span>
    </>
  );
}
