import type { CoverageRow, Output } from '../../../main/contract/requests/index.ts';
import { useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { CoverageStrip } from '../../parts/CoverageStrip.tsx';
import { bytes, counted, number } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';

type FileReview = Output<'case.overview'>['fileReview'];

/** Reviewers that have a column of their own; of the others it says how many explained something here. */
const COLUMNS = 2;

/** How much of each seed people explained, by whom, by two of them, by nobody. Zero is said. */
export function Coverage({ fileReview }: { readonly fileReview: FileReview }) {
  const { value: coverage } = useEngine('seed.coverage', {});
  if (!coverage || coverage.seeds.length === 0) return null;
  const people = [
    ...new Set([
      ...coverage.seeds.flatMap(seed => seed.reviewers.map(each => each.name)),
      ...(fileReview?.reviewers.map(each => each.name) ?? []),
    ]),
  ];
  const shown = people.slice(0, COLUMNS);
  return (
    <section aria-label="Review coverage">
      <div className="panehead">
        <h2>Review coverage</h2>
        <span className="t2 grow">
          {people.length === 0 ? 'nobody reviewed anything yet' : 'bytes explained, files marked reviewed'}
        </span>
        {shown.map((name, index) => (
          <span key={name} className="strip-key t2">
            <span className={index === 0 ? 'strip-first' : 'strip-second'} />
            <Inert text={name} prose />
          </span>
        ))}
      </div>
      <table className="table">
        <thead>
          <tr>
            <th>What</th>
            <th className="num">Size</th>
            <th className="strip-cell">
              <span className="unseen">Bytes</span>
            </th>
            {shown.map(name => (
              <th key={name} className="num">
                <Inert text={firstName(name)} prose />
              </th>
            ))}
            {people.length > COLUMNS && <th className="num">Others</th>}
            <th className="num">By two</th>
            <th className="num">By nobody</th>
          </tr>
        </thead>
        <tbody>
          {coverage.seeds.map(seed => (
            <Row key={seed.name} seed={seed} people={people} />
          ))}
          {fileReview && <FilesRow review={fileReview} people={people} />}
        </tbody>
      </table>
    </section>
  );
}

function Row({ seed, people }: { readonly seed: CoverageRow; readonly people: readonly string[] }) {
  const by = (name: string) => seed.reviewers.find(each => each.name === name)?.bytes ?? 0;
  const others = people.slice(COLUMNS).filter(name => by(name) > 0).length;
  const nobody = seed.size - seed.explained;
  const open = () => go('seed', { seed: seed.name, ...(seed.next !== null && { offset: seed.next }) });
  return (
    <tr className="table-target" onDoubleClick={open}>
      <td>
        <button type="button" className="table-link" onClick={open}>
          <Inert text={seed.name} cut />
        </button>
      </td>
      <td className="num">{bytes(seed.size)}</td>
      <td className="strip-cell">
        <CoverageStrip size={seed.size} reviewers={seed.reviewers} order={people} />
      </td>
      {people.slice(0, COLUMNS).map(name => (
        <td key={name} className="num">
          {number(by(name))}
        </td>
      ))}
      {people.length > COLUMNS && <td className="num">{number(others)}</td>}
      <td className="num">{number(seed.byTwo)}</td>
      <td className={`num${nobody > 0 ? ' strong' : ''}`}>{number(nobody)}</td>
    </tr>
  );
}

/** Files have no order in which two lines of them could be drawn: how many of them is drawn as a bar from the left. */
function FilesRow({
  review,
  people,
}: {
  readonly review: NonNullable<FileReview>;
  readonly people: readonly string[];
}) {
  const by = (name: string) => review.reviewers.find(each => each.name === name)?.files ?? 0;
  const others = people.slice(COLUMNS).filter(name => by(name) > 0).length;
  const nobody = review.files - review.reviewed;
  const reviewers = people.map(name => ({
    name,
    bytes: by(name),
    ranges: by(name) > 0 ? [{ offset: 0, length: by(name) }] : [],
  }));
  return (
    <tr className="table-target" onDoubleClick={() => go('bundle')}>
      <td>
        <button type="button" className="table-link" onClick={() => go('bundle')}>
          Files of the bundle
        </button>
      </td>
      <td className="num">{counted(review.files, 'file')}</td>
      <td className="strip-cell">
        <CoverageStrip size={review.files} reviewers={reviewers} order={people} />
      </td>
      {people.slice(0, COLUMNS).map(name => (
        <td key={name} className="num">
          {number(by(name))}
        </td>
      ))}
      {people.length > COLUMNS && <td className="num">{number(others)}</td>}
      <td className="num">{number(review.byTwo)}</td>
      <td className={`num${nobody > 0 ? ' strong' : ''}`}>{number(nobody)}</td>
    </tr>
  );
}

/** Enough of a name for a column's head. */
function firstName(name: string): string {
  return name.split(/\s/)[0] ?? name;
}
