import type { LineRow } from '../../../main/contract/documents/difference.ts';
import { Inert } from '../../parts/Inert.tsx';

const MARKS = { same: ' ', gone: '−', come: '+' } as const;
const WORDS = { same: 'in both', gone: 'only in the first', come: 'only in the second' } as const;

/** Lines of two texts that differ, with some around them. */
export function LineDifference({
  rows,
  label,
}: {
  readonly rows: readonly LineRow[];
  readonly label: string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className="diff-lines selectable" aria-label={label} tabIndex={0}>
      <table>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one answer have no other name
            <tr key={i} className={`diff-line-${row.kind}`}>
              <td className="diff-number">{row.a ?? ''}</td>
              <td className="diff-number">{row.b ?? ''}</td>
              <td className="diff-sign" title={WORDS[row.kind]}>
                {MARKS[row.kind]}
              </td>
              <td className="diff-line-text">
                <Inert text={row.text} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
