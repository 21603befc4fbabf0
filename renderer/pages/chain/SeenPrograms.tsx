import { useRef } from 'react';
import { inertText } from '../../../main/contract/inert.ts';
import type { Output } from '../../../main/contract/requests/index.ts';
import { showCameToBe } from '../../lineage/subject.ts';
import { go, useTarget } from '../../location.ts';
import { counted, number } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';
import { Attempts } from './Attempts.tsx';

type Step = Output<'chain.step'>;
type Seen = NonNullable<Step['observation']>;

/** Programs and files of a step that are drawn; the record has all. */
const SHOWN = 500;

interface SeenProgramsProps {
  readonly step: Step;
  /** Of which replay; null for the newest. */
  readonly replay: number | null;
}

/** What the observer saw of a step: programs as they started each other, files, what was attempted, and what nobody could see. */
export function SeenPrograms({ step, replay }: SeenProgramsProps) {
  const { observation: seen, row } = step;
  if (!seen) {
    return (
      <section>
        <header className="panehead">
          <h2>Programs seen</h2>
        </header>
        <p className="pane-part">
          <Verdict name="concern">Nobody watched this step.</Verdict> Which programs ran, what they read and
          what they attempted is not known; closure is not proved.
        </p>
      </section>
    );
  }
  const strangers = seen.origins.filter(({ kind }) => kind === 'stranger').length;
  return (
    <>
      <section>
        <header className="panehead">
          <h2 className="nowrap">Programs seen</h2>
          <span className="t2 grow">{number(seen.totals.programs)}</span>
          {strangers > 0 ? (
            <Verdict name="concern">{counted(strangers, 'stranger')}</Verdict>
          ) : (
            <span className="t2 nowrap">all from this replay</span>
          )}
        </header>
        <ProgramTree seen={seen} step={row.number} replay={replay} />
      </section>
      <FilesUsed seen={seen} />
      <Attempts seen={seen} />
    </>
  );
}

interface ProgramTreeProps {
  readonly seen: Seen;
  readonly step: number;
  readonly replay: number | null;
}

/** Programs under those that started them, each with how it was started, how it ended and where it came from. */
function ProgramTree({ seen, step, replay }: ProgramTreeProps) {
  const { programs, totals } = seen;
  const depths = depthsOf(programs);
  const ends = endsOf(seen);
  const wanted = useWantedProgram(step);
  return (
    <ul className="chain-list" aria-label="Programs seen">
      {programs.slice(0, SHOWN).map((program, i) => (
        <li
          key={program.index}
          className={`chain-program${program.index === wanted.program ? ' chain-wanted' : ''}`}
          style={{ paddingLeft: 16 + Math.min(depths[program.index] ?? 0, 12) * 12 }}
        >
          <button
            type="button"
            ref={program.index === wanted.program ? wanted.take : undefined}
            className="as-link cut grow chain-path"
            title={inertText(program.argv.join(' ').slice(0, 1000))}
            onClick={() =>
              showCameToBe({
                path: program.path.replace(/^\/+/, ''),
                replay,
                before: program.writers.length > 0 ? step + 1 : step,
              })
            }
          >
            <Inert text={program.path} />
          </button>
          {program.via !== 'execve' && <span className="t3 nowrap">{program.via}</span>}
          {ends[i] !== undefined && <span className="t3 nowrap">{ends[i]}</span>}
          <Origin origin={seen.origins[i]} path={program.path} />
          {program.sha256 ? (
            <Hash value={program.sha256} />
          ) : (
            <span className="t3 nowrap">content not known</span>
          )}
        </li>
      ))}
      {totals.programs > Math.min(SHOWN, programs.length) && (
        <li className="t3">and {number(totals.programs - Math.min(SHOWN, programs.length))} more</li>
      )}
    </ul>
  );
}

/** The program that this step was opened at, if it was; its button is focused once. */
function useWantedProgram(step: number) {
  const target = useTarget('chain');
  const program = target?.step === step ? (target.program ?? null) : null;
  const taken = useRef<unknown>(null);
  const take = (button: HTMLButtonElement | null) => {
    if (!button || taken.current === target) return;
    taken.current = target;
    button.focus();
    button.scrollIntoView({ block: 'center' });
  };
  return { program, take };
}

interface OriginProps {
  readonly origin: Seen['origins'][number] | undefined;
  readonly path: string;
}

/** Where a program came from: the one question that trust closure asks. */
function Origin({ origin, path }: OriginProps) {
  switch (origin?.kind) {
    case 'seed':
      return <span className="nowrap">seed</span>;
    case 'step':
      return (
        <button
          type="button"
          className="as-link nowrap"
          onClick={() => origin.step !== null && go('chain', { step: origin.step })}
        >
          step {origin.step}
        </button>
      );
    case 'this-step':
      return <span className="nowrap">this step</span>;
    case 'source':
      return (
        <button
          type="button"
          className="as-link nowrap"
          onClick={() => go('bundle', { path: path.replace(/^\/+/, '') })}
        >
          source
        </button>
      );
    case 'stranger':
      return <Verdict name="concern">stranger</Verdict>;
    default:
      return <span className="t3 nowrap">origin not known</span>;
  }
}

const USES: Record<string, string> = {
  read: 'read',
  write: 'wrote',
  remove: 'took away',
  chmod: 'changed the mode of',
  mkdir: 'made',
  link: 'linked',
  rename: 'renamed',
};

/** Files that its programs read and wrote, a line each. */
function FilesUsed({ seen: { files, programs, totals } }: { readonly seen: Seen }) {
  if (files.length === 0) return null;
  return (
    <details className="chain-files">
      <summary>
        {counted(totals.files, 'use')} of files: {number(files.filter(file => file.use === 'read').length)}{' '}
        read, {number(files.filter(file => file.use === 'write').length)} written
      </summary>
      <ul className="chain-list">
        {files.slice(0, SHOWN).map(file => (
          <li key={`${file.program} ${file.use} ${file.path}`}>
            <span className="t3 nowrap">{USES[file.use] ?? file.use}</span>
            <span className="grow cut">
              <Inert text={file.path} cut />
            </span>
            <span className="t3 cut">
              <Inert text={programs[file.program]?.path ?? ''} cut />
            </span>
          </li>
        ))}
        {totals.files > SHOWN && <li className="t3">and {number(totals.files - SHOWN)} more</li>}
      </ul>
    </details>
  );
}

/** How each process ended, at the last program that it ran. */
function endsOf({ programs, processes }: Seen): (string | undefined)[] {
  const last = new Map(programs.map((program, i) => [program.process, i]));
  return programs.map((program, i) => {
    if (last.get(program.process) !== i) return undefined;
    const status = processes[program.process]?.status;
    return status === null || status === undefined ? 'did not exit by itself' : `status ${status}`;
  });
}

/** How deep each program stands under the step's own, by its index. */
function depthsOf(programs: Seen['programs']): number[] {
  const depths: number[] = [];
  for (const { index, parent } of programs) depths[index] = parent === null ? 0 : (depths[parent] ?? 0) + 1;
  return depths;
}
