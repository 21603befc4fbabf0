import type { MouseEvent, ReactNode } from 'react';
import type { CoverageRow } from '../../../main/contract/requests/index.ts';
import { runCommand } from '../../commands/index.ts';
import { counted, number, offset } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';

interface CoveragePartProps {
  readonly coverage: CoverageRow;
  readonly onShow: (start: number, end: number) => void;
}

/** How much of the seed each person explained, what nobody did, and what comes next; a strip a person, which leads to its bytes. */
export function CoveragePart({ coverage, onShow }: CoveragePartProps) {
  const { reviewers, size, explained, byTwo, unexplained, open } = coverage;
  const [next] = unexplained;
  return (
    <section>
      <header className="panehead">
        <h2>Coverage</h2>
        <span className="t2">{counted(size, 'byte')}</span>
      </header>
      <div className="pane-part">
        {reviewers.map((reviewer, line) => (
          <div key={reviewer.name} className="seed-reviewer">
            <Inert text={reviewer.name} prose cut />
            <Strip size={size} reviewer={reviewer} line={line} onShow={onShow} />
          </div>
        ))}
        <dl className="facts seed-coverage">
          {reviewers.map(reviewer => (
            <Pair
              key={reviewer.name}
              term={
                <>
                  By <Inert text={firstName(reviewer.name)} prose />
                </>
              }
            >
              {number(reviewer.bytes)}
            </Pair>
          ))}
          <Pair term={reviewers.length === 2 ? 'By both' : 'By two or more'}>{number(byTwo)}</Pair>
          <Pair term={<span className={explained < size ? 'strong' : undefined}>By nobody</span>}>
            <span className={explained < size ? 'strong' : undefined}>{number(size - explained)}</span>
          </Pair>
          {next && (
            <Pair term="Next">
              <button
                type="button"
                className="as-link mono"
                onClick={() => onShow(next.offset, next.offset + 1)}
              >
                {offset(next.offset)}
              </button>
            </Pair>
          )}
          <Pair term="Open questions">
            <Listed count={open.questions} what="open question" command="seed.open-questions" />
          </Pair>
          <Pair term="Open concerns">
            <Listed count={open.concerns} what="open concern" command="seed.open-concerns" />
          </Pair>
        </dl>
      </div>
    </section>
  );
}

/** A number that leads to its list. */
function Listed({
  count,
  what,
  command,
}: {
  readonly count: number;
  readonly what: string;
  readonly command: string;
}) {
  if (count === 0) return '0';
  return (
    <button
      type="button"
      className="as-link"
      aria-label={`List ${counted(count, what)}`}
      onClick={() => runCommand(command)}
    >
      {number(count)}
    </button>
  );
}

interface StripProps {
  readonly size: number;
  readonly reviewer: CoverageRow['reviewers'][number];
  readonly line: number;
  readonly onShow: CoveragePartProps['onShow'];
}

/** The bytes that one person explained, from the first to the last. A press goes to the byte under it; the keys for that are the grid's. */
function Strip({ size, reviewer, line, onShow }: StripProps) {
  const press = (event: MouseEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.min(size - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * size)));
    onShow(at, at + 1);
  };
  return (
    <svg
      className="seed-strip"
      viewBox={`0 0 ${Math.max(1, size)} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onClick={press}
    >
      {reviewer.ranges.map(range => (
        <rect
          key={range.offset}
          className={line === 0 ? 'strip-first' : 'strip-second'}
          x={range.offset}
          width={range.length}
          height={1}
        />
      ))}
    </svg>
  );
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

function Pair({ term, children }: { readonly term: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}
