import { inputError } from '../base/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { rangeText } from '../seed/index.ts';
import { type AnnotationDraft, annotate } from './annotate.ts';
import { type SeenReview, seenIn } from './blind.ts';
import type { Annotation } from './model.ts';
import { reviewerIn } from './write.ts';

/** What a kit says of bytes of a seed. It explains nothing until a person agrees. */
export interface Template {
  readonly offset: number;
  readonly length: number;
  readonly label: string;
  /** Bytes expected there, as hexadecimal digits. */
  readonly expect?: string | undefined;
  readonly note?: string | undefined;
}

/** A template as it stands for a seed. */
export interface ProposedTemplate extends Template {
  /** Its place in the kit's list, from 1. */
  readonly number: number;
  /** Whether the seed has such bytes, and those that are expected. */
  readonly fits: boolean;
  /** Who agreed. */
  readonly accepted: readonly string[];
}

/** The kit that templates come from, and what it says of one seed. */
export interface TemplateSource {
  /** Sha256 of the kit's description. */
  readonly kit: string;
  readonly templates: readonly Template[];
}

/** The kit's templates for a seed, with whether they fit its bytes and who agreed to them. */
export function proposedTemplates(
  review: Pick<SeenReview, 'annotations'>,
  seed: EventOf<'seed-checked'>,
  bytes: Uint8Array,
  { kit, templates }: TemplateSource,
): ProposedTemplate[] {
  const accepted = new Map<number, string[]>();
  for (const { origin, by } of review.annotations(seed.seed.sha256)) {
    if (origin?.from !== 'template' || origin.kit !== kit) continue;
    accepted.set(origin.template, [...(accepted.get(origin.template) ?? []), by]);
  }
  return templates.map((template, i) => ({
    ...template,
    number: i + 1,
    fits: fits(template, bytes),
    accepted: accepted.get(i + 1) ?? [],
  }));
}

function fits({ offset, length, expect }: Template, bytes: Uint8Array): boolean {
  if (offset + length > bytes.length) return false;
  if (expect === undefined) return true;
  return Buffer.from(bytes.subarray(offset, offset + length)).toString('hex') === expect;
}

/**
 * Agrees to templates of the kit, by number: each becomes an annotation of this person. Those agreed to before are left out. One
 * action. Throws `template.unknown`, or `template.does-not-fit` where the seed has other bytes.
 */
export function acceptTemplates(
  theCase: Case,
  seed: EventOf<'seed-checked'>,
  source: TemplateSource,
  numbers: readonly number[],
  by?: string,
): Annotation[] {
  const name = reviewerIn(theCase, by);
  const bytes = theCase.objects.read(seed.seed.sha256);
  const proposed = proposedTemplates(seenIn(theCase, name), seed, bytes, source);
  const wanted = [...new Set(numbers)].map(number => templateAt(proposed, number));
  const drafts = wanted
    .filter(({ accepted }) => !accepted.includes(name))
    .map(
      ({ offset, length, label, note, number }): AnnotationDraft => ({
        ranges: [{ offset, length }],
        kind: 'explained',
        label: label.slice(0, 200),
        note: note ?? '',
        origin: { from: 'template', kit: source.kit, template: number },
      }),
    );
  return annotate(theCase, seed, drafts, name);
}

function templateAt(proposed: readonly ProposedTemplate[], number: number): ProposedTemplate {
  const template = proposed[number - 1];
  if (!template) {
    throw inputError('template.unknown', `the kit has no template ${number}; it has ${proposed.length}`);
  }
  if (template.fits) return template;
  throw inputError(
    'template.does-not-fit',
    `template ${number}, ${template.label}, expects other bytes at ${rangeText(template)}`,
    { offset: template.offset },
    'Look at these bytes and annotate them in your own words.',
  );
}
