import { Button } from '@blueprintjs/core';
import type { OpenPoint } from '../../../main/contract/requests/index.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { resolve } from './resolve.ts';

/** What stands in the way of a sign-off as proved, in the order in which to take it; the first is next. */
export function Blockers({ open }: { readonly open: readonly OpenPoint[] }) {
  return (
    <section aria-label="What blocks sign-off">
      <div className="panehead">
        <h2>What blocks sign-off</h2>
        <span className="t2">
          {open.length === 0
            ? 'nothing: it can be signed as proved'
            : `${open.length}, in the order to take them`}
        </span>
      </div>
      <ol className="blockers">
        {open.map((point, index) => (
          <li
            key={`${point.code} ${point.items[0] ?? ''}`}
            className={index === 0 ? 'blocker-next' : undefined}
          >
            <Mark name="blocks" />
            <span className="strong">
              <Inert text={point.text} prose />
            </span>
            <span className="t2 cut grow">
              <Inert text={aboutOf(point)} prose />
            </span>
            {index === 0 && <span className="t2">Next</span>}
            <Button size="small" onClick={() => resolve(point)}>
              {point.label}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The first thing a blocker is about, and how many more there are. */
function aboutOf({ place, items }: OpenPoint): string {
  const named = place === 'seed' ? items.slice(1) : items;
  const [first, ...more] = named;
  if (first === undefined) return '';
  return more.length === 0 ? first : `${first} and ${counted(more.length, 'more', 'more')}`;
}
