import { Button } from '@blueprintjs/core';
import type { CoverageRow, Output } from '../../../main/contract/requests/index.ts';
import { useCase } from '../../case.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { go } from '../../location.ts';
import { CoverageStrip } from '../../parts/CoverageStrip.tsx';
import { counted, number, offset } from '../../parts/format.ts';
import { Hash } from '../../parts/Hash.tsx';
import { Inert } from '../../parts/Inert.tsx';
import { Mark } from '../../parts/Mark.tsx';
import { Verdict } from '../../parts/Verdict.tsx';

type SeedRow = Output<'seed.list'>[number];

interface SeedFactsProps {
  readonly seed: SeedRow;
  readonly coverage: CoverageRow | undefined;
  readonly onShow: (start: number, end: number) => void;
}

/** What is known of a seed: its identity, the proof by its source, coverage, and what the kit says of its ranges. */
export function SeedFacts({ seed, coverage, onShow }: SeedFactsProps) {
  return (
    <div className="pane-body">
      <header className="panehead">
        <h2>Identity</h2>
      </header>
      <div className="pane-part">
        <dl className="facts">
          <dt>Size</dt>
          <dd>{number(seed.seed.size)} bytes</dd>
          <dt>sha256</dt>
          <dd>
            <Hash value={seed.seed.sha256} digits={24} />
          </dd>
          <dt>Path</dt>
          <dd>
            <Inert text={seed.path} />
          </dd>
          <dt>Kit</dt>
          <dd>
            {seed.matches ? (
              <Verdict name="done">the one the kit names</Verdict>
            ) : (
              <Verdict name="differs">not the one the kit names</Verdict>
            )}
          </dd>
        </dl>
      </div>
      {coverage && <CoveragePart coverage={coverage} onShow={onShow} />}
      <Proof seed={seed} />
      <Templates seed={seed.seed.sha256} onShow={onShow} />
    </div>
  );
}

function Templates({ seed, onShow }: { readonly seed: string; readonly onShow: SeedFactsProps['onShow'] }) {
  const { value: templates } = useEngine('seed.templates', { seed });
  const by = useCase()?.by ?? '';
  if (!templates || templates.length === 0) return null;
  const agree = (template: (typeof templates)[number]) =>
    void attempt('It was not kept', () => ask('seed.accept-template', { seed, number: template.number }));
  return (
    <section>
      <header className="panehead">
        <h2 className="nowrap">The kit says</h2>
        <span className="t2 cut">counts when a person agrees</span>
      </header>
      <ul className="seed-templates">
        {templates.map(template => (
          <li key={template.number}>
            <div className="grow cut">
              <button
                type="button"
                className="as-link"
                title={template.note}
                onClick={() => onShow(template.offset, template.offset + template.length)}
              >
                <Inert text={template.label} prose />
              </button>
            </div>
            <span className="t3 mono nowrap">{offset(template.offset)}</span>
            {!template.fits && <Verdict name="concern">other bytes</Verdict>}
            <Button
              size="small"
              variant="minimal"
              disabled={!template.fits || template.accepted.includes(by)}
              onClick={() => agree(template)}
              aria-label={`${template.accepted.includes(by) ? 'Agreed' : 'Agree'}: ${template.label}`}
            >
              {template.accepted.includes(by) ? 'Agreed' : 'Agree'}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function CoveragePart({
  coverage,
  onShow,
}: {
  readonly coverage: CoverageRow;
  readonly onShow: SeedFactsProps['onShow'];
}) {
  const { reviewers, size, explained, byTwo, unexplained, open } = coverage;
  const [next] = unexplained;
  return (
    <section>
      <header className="panehead">
        <h2>Coverage</h2>
        <span className="t2">{number(size)} bytes</span>
      </header>
      <div className="pane-part">
        <CoverageStrip size={size} reviewers={reviewers} order={reviewers.map(each => each.name)} />
        <dl className="facts">
          {reviewers.map(reviewer => (
            <Pair key={reviewer.name} term={<Inert text={reviewer.name} prose />}>
              {number(reviewer.bytes)}
            </Pair>
          ))}
          <Pair term="By two">{number(byTwo)}</Pair>
          <Pair term="By nobody">
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
          <Pair term="Open">{`${counted(open.questions, 'question')}, ${counted(open.concerns, 'concern')}`}</Pair>
        </dl>
      </div>
    </section>
  );
}

function Pair({ term, children }: { readonly term: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Proof({ seed: { source, name } }: { readonly seed: SeedRow }) {
  if (!source) {
    return (
      <div className="pane-part">
        <p className="strong">No source</p>
        <p className="t2">The kit names no commented source for {name}.</p>
      </div>
    );
  }
  return (
    <div className="pane-part seed-proof">
      <span className={source.assembles ? 'mark-reproduced' : 'mark-differs'}>
        <Mark name={source.assembles ? 'reproduced' : 'differs'} />
      </span>
      <div>
        <p className="strong">{source.assembles ? 'Source gives these bytes' : 'Source gives other bytes'}</p>
        <button type="button" className="as-link" onClick={() => go('bundle', { path: source.path })}>
          <Inert text={source.path} />
        </button>
      </div>
    </div>
  );
}
