import type { CompareDocument } from '../../../main/contract/documents.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';

/** What each account was run with, beside each other; what differs comes first and is strong, what goes together with the first divergence is told. */
export function Environment({ document: { reports, environment } }: { readonly document: CompareDocument }) {
  const told = environment.flatMap(row => (row.together === null ? [] : [row.together]));
  const rows = [...environment.filter(row => row.differs), ...environment.filter(row => !row.differs)];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className="compare-scroll selectable" aria-label="What they were run with" tabIndex={0}>
      {told.length > 0 && (
        <div className="compare-told">
          {told.map(words => (
            <p key={words}>
              <Inert text={`${words}.`} prose />
            </p>
          ))}
          <p className="t3">These go together with the first divergence. That says nothing of a cause.</p>
        </div>
      )}
      <table className="compare-table">
        <thead>
          <tr>
            <th scope="col">Run with</th>
            {reports.map((report, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: accounts are their columns
              <th scope="col" key={i}>
                <Inert text={report.name} prose />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values, differs, together }) => (
            <tr key={name} className={differs ? 'compare-row-differs' : undefined}>
              <th scope="row">
                {name}
                {together !== null && <span className="t2">, together</span>}
              </th>
              {values.map((value, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: accounts are their columns
                <td key={i}>
                  <Value value={value} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Value({ value }: { readonly value: string | null }) {
  if (value === null) return <span className="t3">unknown</span>;
  return /^[0-9a-f]{64}$/.test(value) ? <Hash value={value} /> : <Inert text={value} prose />;
}
