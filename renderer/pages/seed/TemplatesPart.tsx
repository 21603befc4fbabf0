import { Button } from '@blueprintjs/core';
import { useCase } from '../../case.ts';
import { ask, attempt, useEngine } from '../../engine/index.ts';
import { offset } from '../../parts/format.ts';
import { Inert } from '../../parts/Inert.tsx';
import { Verdict } from '../../parts/Verdict.tsx';

interface TemplatesPartProps {
  readonly seed: string;
  readonly onShow: (start: number, end: number) => void;
}

/** What the kit says of ranges of the seed. None of it counts until a person agrees. */
export function TemplatesPart({ seed, onShow }: TemplatesPartProps) {
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
