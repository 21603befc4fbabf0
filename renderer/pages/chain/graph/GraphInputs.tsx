import { Button } from '@blueprintjs/core';
import { CrossIcon } from '@blueprintjs/icons';
import { useEngine } from '../../../engine/index.ts';
import { leaveAtOnce, PathFile } from '../../../lineage/PathFile.tsx';
import { counted, number } from '../../../parts/format.ts';

interface GraphInputsProps {
  readonly step: number;
  readonly replay?: number;
  readonly onClose: () => void;
}

/** What the selected step was given, over the graph: what was made here, to which dotted lines lead, and the sources, which have no boxes. */
export function GraphInputs({ step, replay, onClose }: GraphInputsProps) {
  const { value } = useEngine('chain.took-part', { step, ...(replay !== undefined && { replay }) });
  const { files = [], total = 0 } = value ?? {};
  const sources = files.filter(file => file.kind === 'source');
  const open = sources.filter(file => file.reviewers.length === 0).length;
  return (
    <section
      className="graph-inputs"
      aria-label={`What step ${step} read`}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <span className="grow cut" role="status">
          {value && givenWords(step, total)}
          {sources.length > 0 && (
            <span className="t2">
              {`, ${counted(sources.length, 'source')}, ${number(open)} not reviewed`}
            </span>
          )}
        </span>
        <Button size="small" variant="minimal" icon={<CrossIcon />} aria-label="Close" onClick={onClose} />
      </header>
      {files.length > 0 && (
        <ul className="chain-list chain-inputs">
          {files.map(file => (
            <li key={`${file.role} ${file.path}`}>
              <PathFile file={file} leave={leaveAtOnce}>
                {file.role === 'program' && <span className="t3 nowrap">ran</span>}
              </PathFile>
            </li>
          ))}
          {total > files.length && <li className="t3">and {number(total - files.length)} more</li>}
        </ul>
      )}
    </section>
  );
}

function givenWords(step: number, total: number): string {
  return `Step ${number(step)} was given ${total === 0 ? 'nothing' : counted(total, 'file')}`;
}
