import type { Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { duration } from '../../parts/format.ts';
import { clock, day } from '../../parts/time.ts';
import { Verdict } from '../../parts/Verdict.tsx';

type Replay = Output<'replay.list'>[number];

/** Every replay of the case, newest first; zero is said too. */
export function Replays() {
  const { value: replays } = useEngine('replay.list', {});
  if (!replays) return null;
  return (
    <section aria-label="Replays">
      <div className="panehead">
        <h2>Replays</h2>
        <span className="t2">{replays.length === 0 ? 'none was run' : 'newest first'}</span>
      </div>
      {replays.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Replay</th>
              <th>Kind</th>
              <th>Runtime</th>
              <th>Observer</th>
              <th>By</th>
              <th>Started</th>
              <th className="num">Steps</th>
              <th className="num">Time</th>
              <th>Result</th>
            </tr>
          </thead>
          <tbody>
            {replays.map(replay => (
              <Row key={replay.number} replay={replay} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ replay }: { readonly replay: Replay }) {
  return (
    <tr className="table-target" onDoubleClick={() => go('chain', { replay: replay.number })}>
      <td>
        <button
          type="button"
          className="table-link strong"
          onClick={() => go('chain', { replay: replay.number })}
        >
          Replay {replay.number}
        </button>
      </td>
      <td>
        {replay.mode === 'stepped' ? 'Stepped' : 'Unaided, the chain’s own script'}
        {replay.resumes !== null && `, goes on from replay ${replay.resumes}`}
        {replay.superseded && <span className="t2">, before the present bundle</span>}
      </td>
      <td>{replay.runtime}</td>
      <td>{replay.observer ?? 'not observed'}</td>
      <td>{replay.by}</td>
      <td>
        {day(replay.at)}, {clock(replay.at)}
      </td>
      <td className="num">
        {replay.done === replay.steps ? replay.steps : `${replay.done} of ${replay.steps}`}
      </td>
      <td className="num">{duration(replay.seconds)}</td>
      <td>
        <Outcome replay={replay} />
      </td>
    </tr>
  );
}

/** How it ended; whether its files are the published ones is said by the verdict. */
function Outcome({ replay }: { readonly replay: Replay }) {
  if (replay.outcome === 'completed') {
    return (
      <Verdict name="done" calm>
        completed
      </Verdict>
    );
  }
  if (replay.outcome === 'failed') return <Verdict name="failed">failed at step {replay.done + 1}</Verdict>;
  if (replay.running) return <Verdict name="running">running</Verdict>;
  return <Verdict name="notrun">stopped after step {replay.done}</Verdict>;
}
