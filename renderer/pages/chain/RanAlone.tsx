import { Button } from '@blueprintjs/core';
import type { Output } from '../../../main/contract/requests/index.ts';
import { counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';

type Alone = Output<'replay.only'>;

interface RanAloneProps {
  readonly alone: Alone;
  readonly onClose: () => void;
}

/** How a step that was run alone came out beside what was recorded of it. */
export function RanAlone({ alone, onClose }: RanAloneProps) {
  return (
    <section role="status">
      <header className="panehead">
        <h2 className="grow">Run again, nothing recorded</h2>
        <Button size="small" variant="minimal" onClick={onClose}>
          Close
        </Button>
      </header>
      <div className="pane-part">
        <p>{alone.end}</p>
        {alone.compared && <Compared compared={alone.compared} />}
        <pre className="chain-log mono">
          <Inert text={`${alone.stdout}${alone.stderr}` || 'It printed nothing.'} />
        </pre>
        {alone.cut && <p className="t3">Only the first part is shown.</p>}
      </div>
    </section>
  );
}

function Compared({ compared }: { readonly compared: NonNullable<Alone['compared']> }) {
  const { end, stdout, stderr, same, different, differing } = compared;
  const others = [!end && 'how it ended', !stdout && 'what it printed', !stderr && 'its errors'];
  const said = others.filter(each => each !== false);
  if (said.length + differing === 0) {
    return (
      <Verdict name="reproduced">
        as recorded: {counted(same, 'file')}, how it ended and what it printed
      </Verdict>
    );
  }
  return (
    <>
      <Verdict name="differs">
        not as recorded: {[...said, ...(differing > 0 ? [counted(differing, 'file')] : [])].join(', ')}
      </Verdict>
      <ul>
        {different.map(path => (
          <li key={path}>
            <Inert text={path} />
          </li>
        ))}
        {differing > different.length && <li>and {number(differing - different.length)} more</li>}
      </ul>
    </>
  );
}
