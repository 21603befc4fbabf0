import { useEffect, useState } from 'react';
import type { RecentCase } from '../../main/contract/desktop.ts';
import { openRecent } from '../case.ts';
import { attempt, desktop } from '../engine/index.ts';
import { Inert } from '../parts/Inert.tsx';
import { clock, day } from '../parts/time.ts';
import { askPerson } from '../shell/dialogs.ts';

/** Cases that were open on this machine, the latest first. */
export function RecentCases() {
  const [recent, setRecent] = useState<readonly RecentCase[] | null>(null);
  useEffect(() => {
    void attempt('Recent cases could not be read', () => desktop('recent.list', {})).then(list =>
      setRecent(list ?? []),
    );
  }, []);
  if (!recent) return null;
  return (
    <section className="start-recent" aria-label="Recent cases">
      <h2>Recent cases</h2>
      {recent.length === 0 ? (
        <p className="t2">None was opened on this machine yet.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th>Case</th>
              <th>Last worked on</th>
              <th>Folder</th>
            </tr>
          </thead>
          <tbody>
            {recent.map(each => (
              <Row key={each.id} recent={each} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ recent }: { readonly recent: RecentCase }) {
  const open = () => void openRecent(recent.id, askPerson);
  return (
    <tr className="table-target" onDoubleClick={open}>
      <td>
        <button type="button" className="table-link strong" onClick={open}>
          <Inert text={recent.name} prose cut />
        </button>
      </td>
      <td>
        {day(recent.opened)}, {clock(recent.opened)}
      </td>
      <td className={recent.there ? undefined : 't3'}>
        <Inert text={recent.label} cut />
        {!recent.there && ' (not there now)'}
      </td>
    </tr>
  );
}
