import { Button } from '@blueprintjs/core';
import { useEngine } from '../../engine/index.ts';
import { leaveAtOnce } from '../../lineage/PathFile.tsx';
import { Spine } from '../../lineage/Spine.tsx';
import { showCameToBe, useSubject } from '../../lineage/subject.ts';
import { counted, number } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { asked } from '../../replay/shown.ts';
import '../../lineage/came-to-be.css';

interface CameToBeProps {
  readonly path: string;
  readonly replay: number | null;
}

/** The way from a file back to a seed, and how much of what it came from nobody reviewed. */
export function CameToBe({ path, replay }: CameToBeProps) {
  useSubject(path, replay);
  const { value: past } = useEngine('chain.came-to-be', { path, ...asked(replay) });
  if (!past) return null;
  const { programs, sources } = past;
  return (
    <section>
      <header className="panehead">
        <h2 className="nowrap">How this file came to be</h2>
        <span className="t2 cut grow">{counted(programs, 'program')}</span>
        <Button size="small" variant="minimal" onClick={() => showCameToBe({ path, replay, before: null })}>
          Show all <Kbd keys="Ctrl I" />
        </Button>
      </header>
      <p className="pane-part">
        {sources.files === 0
          ? 'No source of the bundle is on this path.'
          : `${counted(sources.files, 'source')} on this path, ${number(sources.files - sources.reviewed)} not reviewed`}
      </p>
      <Spine past={past} replay={replay} leave={leaveAtOnce} opens={false} />
    </section>
  );
}
