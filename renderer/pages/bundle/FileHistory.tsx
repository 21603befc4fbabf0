import { useEngine } from '../../engine/index.ts';
import { Inert } from '../../parts/Inert.tsx';
import { full } from '../../parts/time.ts';

interface Happening {
  readonly at: string;
  readonly by: string;
  readonly what: string;
  readonly text: string | null;
}

/** What people said of a file, newest first, also what is settled or was said of another content. */
export function FileHistory({ path }: { readonly path: string }) {
  const { value } = useEngine('bundle.comments', { path });
  if (!value) return null;
  const reviews = value.reviews.map(({ by, at, current }) => ({
    by,
    at,
    what: current ? 'reviewed this content' : 'reviewed another content',
    text: null,
  }));
  const comments = value.comments.flatMap(({ by, at, on, text, resolution }): Happening[] => {
    const where = 'line' in on && on.line !== null ? `line ${on.line}` : 'the whole file';
    const said = { by, at, what: `commented on ${where}`, text };
    return resolution
      ? [
          said,
          {
            by: resolution.by,
            at: resolution.at,
            what: `settled a comment on ${where}`,
            text: resolution.reason,
          },
        ]
      : [said];
  });
  const all = [...reviews, ...comments].sort((a, b) => (a.at < b.at ? 1 : -1));
  if (all.length === 0) return <p className="bundle-note t2">Nobody has said anything of this file yet.</p>;
  return (
    <div className="scroll">
      <table className="table file-history">
        <thead>
          <tr>
            <th scope="col">When, as the machine said</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ at, by, what, text }) => (
            <tr key={`${at} ${by} ${what}`}>
              <td>{full(at)}</td>
              <td>
                <Inert text={by} prose />
              </td>
              <td className="file-said">
                {what}
                {text !== null && (
                  <>
                    : <Inert text={text} prose />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
