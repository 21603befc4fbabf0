import { InputGroup } from '@blueprintjs/core';
import { useState } from 'react';
import { runCommand } from '../../commands/index.ts';
import { useEngine } from '../../engine/index.ts';
import { useSubject } from '../../lineage/subject.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Kbd } from '../../parts/Kbd.tsx';
import { Mark, type MarkName } from '../../parts/Mark.tsx';

/** Files that are listed at once; the rest is found by its name. */
const SHOWN = 100;

const MARKS: Readonly<Record<string, readonly [mark: MarkName, word: string]>> = {
  'not-run': ['notrun', 'not run'],
};

/** The files that the report's verdicts are about: how each came to be is one key away. */
export function ReportFiles() {
  const { value } = useEngine('chain.artifacts', {});
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<string | null>(null);
  useSubject(selected);
  const all = value ?? [];
  if (all.length === 0) return null;
  const found = all.filter(({ path }) => path.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <section aria-label="Files of the report">
      <header className="panehead">
        <h2>Files</h2>
        <span className="t2 grow">{counted(all.length, 'artifact')}</span>
        <button
          type="button"
          className="as-link"
          disabled={selected === null}
          onClick={() => runCommand('lineage.show')}
        >
          How it came to be <Kbd keys="Ctrl I" />
        </button>
      </header>
      {all.length > SHOWN && (
        <div className="pane-part">
          <InputGroup
            size="small"
            type="search"
            aria-label="Find a file of the report"
            placeholder="Find a file"
            value={search}
            onValueChange={setSearch}
          />
        </div>
      )}
      <ul className="report-files">
        {found.slice(0, SHOWN).map(({ path, verdict, step }) => {
          const [mark, word] = MARKS[verdict ?? ''] ?? [
            (verdict ?? 'none') as MarkName,
            verdict ?? 'no expectation',
          ];
          return (
            <li key={`${path} ${step}`}>
              <button
                type="button"
                aria-pressed={selected === path}
                onClick={() => setSelected(path)}
                onFocus={() => setSelected(path)}
              >
                <span className={`verdict mark-${mark}`} title={word}>
                  <Mark name={mark} />
                  <span className="unseen">{word}</span>
                </span>
                <span className="grow cut">
                  <Inert text={path} cut />
                </span>
                {step !== null && <span className="t3 nowrap">step {number(step)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > SHOWN && <p className="pane-part t2">and {number(found.length - SHOWN)} more</p>}
    </section>
  );
}
