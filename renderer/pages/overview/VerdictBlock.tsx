import type { CaseSummary, Output } from '../../../main/contract/requests/index.ts';
import { go } from '../../location.ts';
import { counted } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Mark, type MarkName } from '../../parts/Mark.tsx';

type Verdict = NonNullable<Output<'verdict.get'>>;
type Statement = Verdict['proved'][number];

interface VerdictBlockProps {
  readonly verdict: Verdict | null;
  readonly summary: CaseSummary;
}

/** The verdict in one sentence, and what is proved beside what is not, equally plain. */
export function VerdictBlock({ verdict, summary }: VerdictBlockProps) {
  const shown = summary.broken
    ? underBrokenLog(summary.broken)
    : verdict
      ? { ...verdict, mark: markOf(verdict) }
      : summary.kit || summary.bundle
        ? beforeReplay(summary)
        : withoutChain(summary);
  return (
    <section className="verdict-block" aria-label="Verdict">
      <div className="verdict-lead">
        <span className={`mark-${shown.mark}`}>
          <Mark name={shown.mark} size={20} />
        </span>
        <div>
          <h2 className="verdict-sentence selectable">{shown.headline}</h2>
          <p className="t2">
            <Inert text={shown.explanation} prose />
          </p>
        </div>
      </div>
      <div className="statements">
        <Statements title="Proved in this case" head="done" mark="reproduced" list={shown.proved} />
        <Statements title="Not proved" head="blocks" mark="notrun" list={shown.notProved} />
      </div>
    </section>
  );
}

function markOf({ verdict, completed }: Verdict): MarkName {
  if (verdict === 'reproduced') return 'reproduced';
  return completed ? 'differs' : 'blocks';
}

interface StatementsProps {
  readonly title: string;
  readonly head: MarkName;
  readonly mark: MarkName;
  readonly list: readonly Statement[];
}

function Statements({ title, head, mark, list }: StatementsProps) {
  return (
    <section aria-label={title}>
      <h3>
        <Mark name={head} />
        {title}
        <span className="t3">{list.length}</span>
      </h3>
      {list.length === 0 && <p className="t2">Nothing</p>}
      <ul>
        {list.map(statement => (
          <li key={statement.text}>
            <span className={`mark-${mark}`}>
              <Mark name={mark} />
            </span>
            <span className="grow">
              <Inert text={statement.text} prose />
            </span>
            {statement.evidence && (
              <button
                type="button"
                className="as-link mono"
                onClick={() => go('report', { section: statement.evidence })}
              >
                {statement.evidence}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Shown = Pick<Verdict, 'headline' | 'explanation' | 'proved' | 'notProved'> & { readonly mark: MarkName };

/** A verdict follows from the log; where that is not whole, none follows. */
function underBrokenLog({ seq }: NonNullable<CaseSummary['broken']>): Shown {
  return {
    mark: 'blocks',
    headline: 'Nothing is proved: the log is broken',
    explanation: `A verdict follows from the whole log. Event ${seq} is not what the log says it is, so none follows.`,
    proved: [],
    notProved: [{ text: `Everything, from event ${seq} on`, evidence: '' }],
  };
}

/** Binaries by themselves: people say what they are, and no replay can prove it. */
function withoutChain({ seeds }: CaseSummary): Shown {
  return {
    mark: 'blocks',
    headline:
      seeds.length === 0
        ? 'No binary chosen yet'
        : `${counted(seeds.length, 'binary', 'binaries')} under review`,
    explanation:
      'This case has no kit and so no chain: nothing is replayed, and nothing follows but what people say.',
    proved: [],
    notProved: [{ text: 'What the binaries do, and where they come from: no chain', evidence: '' }],
  };
}

/** Before a replay nothing is proved; what is missing is said. */
function beforeReplay({ bundle, seeds, kit }: CaseSummary): Shown {
  const explanation = bundle
    ? 'The bundle is imported. No replay was run, so nothing is known of what the sources give.'
    : `No bundle was imported${kit ? ` for ${kit.title} ${kit.version}` : ''}.`;
  const wrong = seeds.filter(seed => seed.matches === false);
  const statement = (text: string): Statement => ({ text, evidence: '' });
  return {
    mark: 'blocks',
    headline: bundle ? 'Not proved yet' : 'Nothing imported yet',
    explanation,
    proved:
      bundle && seeds.length > 0 && wrong.length === 0
        ? [
            statement(
              seeds.length === 1
                ? 'The seed is exactly the one the kit names'
                : 'The seeds are exactly those the kit names',
            ),
          ]
        : [],
    notProved: [
      ...wrong.map(seed => statement(`Seed ${seed.name} is not the one the kit names`)),
      statement('That the sources give what was published: no replay'),
      statement('That every program that ran came from the seeds: no replay'),
    ],
  };
}
