import { useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import { attempt, desktop } from '../../engine/index.ts';
import { Hash } from '../../parts/Hash.tsx';
import { ProblemPanel } from '../../parts/ProblemPanel.tsx';
import { AlignedView } from './AlignedView.tsx';
import type { DifferenceSides, SideNames } from './sides.ts';
import { useAligned } from './use-difference.ts';
import '../hex/hex.css';
import './difference.css';

interface DifferenceViewProps {
  readonly sides: DifferenceSides;
  readonly names: SideNames;
  /** Puts the keys into the bytes when they are there. */
  readonly autoFocus?: boolean;
}

/**
 * The difference of two files: aligned bytes, what they are about, lines of texts. Where the case has the bytes of one side not, it
 * says so and takes the file from the person, checked against its hash.
 */
export function DifferenceView({ sides, names, autoFocus = false }: DifferenceViewProps) {
  const [given, setGiven] = useState<GivenFiles>({});
  const key = JSON.stringify(sides);
  const own = given.key === key ? given.files : undefined;
  const complete = { ...sides, ...own };
  const { value, problem } = useAligned(complete);
  const give = async (side: 'fileA' | 'fileB') => {
    const chosen = await attempt('No file was taken', () => desktop('choose.compared', {}));
    if (chosen) setGiven({ key, files: { ...own, [side]: chosen.grant } });
  };
  if (problem) return <NoBytes {...{ problem, sides, names }} onGive={give} />;
  if (!value) return <p className="pane-none t2">Aligning…</p>;
  return (
    <AlignedView
      key={JSON.stringify(complete)}
      sides={complete}
      names={names}
      aligned={value}
      autoFocus={autoFocus}
    />
  );
}

interface GivenFiles {
  readonly key?: string;
  readonly files?: Pick<DifferenceSides, 'fileA' | 'fileB'>;
}

interface NoBytesProps {
  readonly problem: EngineProblem;
  readonly sides: DifferenceSides;
  readonly names: SideNames;
  readonly onGive: (side: 'fileA' | 'fileB') => void;
}

/** Which side has no bytes here, and the way to bring them. */
function NoBytes({ problem, sides, names, onGive }: NoBytesProps) {
  const { code, where } = problem;
  const missing = code === 'difference.no-bytes' ? where?.file : undefined;
  if (missing === undefined) {
    const fix = code === 'difference.other-file' ? sideOf(sides, problem) : null;
    return (
      <ProblemPanel
        title="The bytes cannot be compared"
        problem={problem}
        fix={fix ? { title: 'Choose another file…', run: () => onGive(fix) } : undefined}
      />
    );
  }
  const side = missing === sides.a ? 'a' : 'b';
  return (
    <div className="pane-none">
      <p className="strong">The bytes of {names[side]} are not here.</p>
      <p className="t2">
        A report holds the hash of a file, not the file. Ask whoever made it for the file with the sha256{' '}
        <Hash value={missing} digits={64} />. It is checked against this hash before anything of it is shown.
      </p>
      <p>
        <button
          type="button"
          className="bp6-button bp6-small"
          onClick={() => onGive(side === 'a' ? 'fileA' : 'fileB')}
        >
          Choose the file…
        </button>
      </p>
    </div>
  );
}

/** The side whose file turned out to be another one: the wanted hash stands in the message. */
function sideOf(sides: DifferenceSides, { message }: EngineProblem): 'fileA' | 'fileB' {
  return sides.a !== undefined && message.includes(`wanted is ${sides.a}`) ? 'fileA' : 'fileB';
}
