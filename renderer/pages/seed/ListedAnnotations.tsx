import { Button } from '@blueprintjs/core';
import { type ReactNode, type Ref, useMemo, useState } from 'react';
import type { AnnotationRow } from '../../../main/contract/requests/index.ts';
import { ask, attempt } from '../../engine/index.ts';
import { number } from '../../parts/format.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import { AnnotationList, type ListHandle } from './AnnotationList.tsx';
import { idsOn } from './annotation-draft.ts';
import { ALL, filterWords, type ListOptions, listed, rowsOf } from './annotation-rows.ts';
import { ListTools } from './ListTools.tsx';
import { RenameGroup } from './RenameGroup.tsx';
import { showRemoved } from './removed.ts';

interface ListedAnnotationsProps {
  /** Stands at the left of its head. */
  readonly title: ReactNode;
  readonly seed: string;
  readonly all: readonly AnnotationRow[];
  readonly by: string;
  readonly selected: string | null;
  readonly range: ByteRange;
  /** Id of the annotation that was saved last. */
  readonly recent: string | null;
  readonly list: Ref<ListHandle>;
  readonly options: ListOptions;
  readonly onOptions: (options: ListOptions) => void;
  readonly onSelect: (annotation: AnnotationRow) => void;
  readonly onEdit: (annotation: AnnotationRow) => void;
}

/** The list under its head, which says what it leaves out. */
export function ListedAnnotations({
  seed,
  title,
  all,
  by,
  selected,
  range,
  recent,
  list,
  options,
  onOptions,
  onSelect,
  onEdit,
}: ListedAnnotationsProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const some = useMemo(() => listed(all, options), [all, options]);
  const rows = useMemo(() => rowsOf(some, options.grouped, closed), [some, options.grouped, closed]);
  const [renaming, setRenaming] = useState<string | null>(null);
  const words = filterWords(options);
  const touched = useMemo(() => idsOn(all, range.start, range.end), [all, range.start, range.end]);
  const change = (part: Partial<ListOptions>) => onOptions({ ...options, ...part });
  const toggle = (group: string) =>
    setClosed(old =>
      old.has(group) ? new Set([...old].filter(each => each !== group)) : new Set([...old, group]),
    );
  const remove = (annotation: AnnotationRow) => {
    if (annotation.by !== by) return;
    void attempt('The annotation stays', async () => {
      await ask('seed.remove', { id: annotation.id });
      showRemoved();
    });
  };
  return (
    <section className="seed-list" aria-label="Annotations">
      <header className="panehead">
        {title}
        <span className="grow" />
        <ListTools all={all} options={options} onOptions={change} />
      </header>
      {words !== '' && (
        <div className="seed-filtered" role="status">
          <span className="t2 cut grow" title={words}>
            Only {words}: {number(some.length)} of {number(all.length)}
          </span>
          <Button
            size="small"
            variant="minimal"
            onClick={() => onOptions({ ...ALL, order: options.order, grouped: options.grouped })}
          >
            Show all
          </Button>
        </div>
      )}
      <AnnotationList
        ref={list}
        rows={rows}
        selected={selected}
        touched={touched}
        recent={recent}
        onSelect={onSelect}
        onEdit={onEdit}
        onDelete={remove}
        onToggle={toggle}
        onRename={setRenaming}
        empty={
          all.length === 0
            ? 'Nobody has said anything of these bytes. Select some and press A.'
            : 'No annotation is like that.'
        }
      />
      {renaming !== null && <RenameGroup seed={seed} group={renaming} onClose={() => setRenaming(null)} />}
    </section>
  );
}
