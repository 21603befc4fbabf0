import { Checkbox } from '@blueprintjs/core';
import type { Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { counted, offset } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { clock, day } from '../../parts/time.ts';
import { Notices } from './Notices.tsx';
import type { PathList } from './TreePane.tsx';
import { flagWords, kindWords, modeText, stepsText } from './words.ts';

interface FactsPaneProps {
  readonly path: string | null;
  readonly onList: (list: PathList) => void;
}

/** Facts of the selected file, who reviewed it, and what import noticed in the whole bundle. */
export function FactsPane({ path, onList }: FactsPaneProps) {
  const { value: entry } = useEngine('bundle.entry', path === null ? null : { path });
  return (
    <div className="scroll">
      {entry && <FileFacts entry={entry} />}
      {entry?.row.type === 'file' && path !== null && <Reviews path={path} />}
      <Notices onList={onList} />
      {entry?.offset !== null && entry?.offset !== undefined && (
        <section className="facts-section">
          <h2>Entry in the archive</h2>
          <dl className="facts">
            <dt>Content at</dt>
            <dd className="mono">{offset(entry.offset)}</dd>
          </dl>
        </section>
      )}
    </div>
  );
}

function FileFacts({ entry }: { readonly entry: Output<'bundle.entry'> }) {
  const { row, readBy, description } = entry;
  const steps = [...new Set(readBy.map(reading => reading.step))];
  const observed = readBy.some(reading => reading.observed);
  return (
    <section className="facts-section">
      <h2>{row.type === 'directory' ? 'Folder' : 'File'}</h2>
      <dl className="facts">
        <dt>Path</dt>
        <dd className="fact-copy">
          <Inert text={row.path} cut />
          <CopyButton text={row.path} title="Copy raw" what="the path" />
        </dd>
        <dt>Size</dt>
        <dd>{counted(row.type === 'directory' ? row.bytes : row.size, 'byte')}</dd>
        <dt>Mode</dt>
        <dd className="mono">{row.mode === null ? 'none of its own' : modeText(row.mode)}</dd>
        {row.sha256 !== null && (
          <>
            <dt>sha256</dt>
            <dd>
              <Hash value={row.sha256} digits={24} />
            </dd>
          </>
        )}
        {row.target !== null && (
          <>
            <dt>Points to</dt>
            <dd>
              <Inert text={row.target} />
            </dd>
          </>
        )}
        <dt>Kind</dt>
        <dd>{kindWords(row.kind)}</dd>
        <dt>Read by</dt>
        <dd title={steps.length > 4 ? stepsText(steps.slice(0, 200)) : undefined}>
          {[
            description ? 'the plan was read from it' : '',
            steps.length > 0 ? `${stepsText(steps)}${observed ? ', as observed' : ', as planned'}` : '',
          ]
            .filter(Boolean)
            .join('; ') || (row.used ? 'files in it are read' : 'nothing in the chain')}
        </dd>
        {row.flags.length > 0 && (
          <>
            <dt>Flags</dt>
            <dd>{row.flags.map(flag => flagWords(flag).words).join('; ')}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Reviews({ path }: { readonly path: string }) {
  const self = useCase()?.by ?? '';
  const { value } = useEngine('bundle.comments', { path });
  const { value: all } = useEngine('bundle.reviewers', {});
  const reviews = new Map(value?.reviews.map(review => [review.by, review]));
  const names = [...new Set([...(all?.people.map(person => person.name) ?? []), self, ...reviews.keys()])];
  const set = (reviewed: boolean) =>
    void attempt('The review was not recorded', () => ask('bundle.review', { paths: [path], reviewed }));
  return (
    <section className="facts-section">
      <h2>Review</h2>
      <ul>
        {names.map(name => {
          const review = reviews.get(name);
          const done = review?.current ?? false;
          return (
            <li className="facts-review" key={name}>
              <Checkbox
                checked={done}
                disabled={name !== self}
                onChange={() => set(!done)}
                labelElement={<Inert text={name} prose />}
              />
              <span className="t2">
                {review
                  ? `${done ? '' : 'another content, '}${day(review.at)}, ${clock(review.at)}`
                  : 'not reviewed'}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
