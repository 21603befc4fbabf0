import { inputError } from '../base/index.ts';
import type { ByteRange, Case, EventOf } from '../case/index.ts';
import { rangeText } from '../seed/index.ts';
import { type AnnotationDraft, annotate } from './annotate.ts';
import { type SeenReview, seenIn } from './blind.ts';
import type { Annotation } from './model.ts';
import { reviewerIn } from './write.ts';

/** Bytes that a template speaks of. */
export interface TemplateRange extends ByteRange {
  /** Bytes expected there, as hexadecimal digits; `?` stands for any digit. */
  readonly expect?: string | undefined;
}

/** What a kit says of bytes of a seed. It explains nothing until a person agrees. */
export interface Template extends TemplateRange {
  readonly label: string;
  /** Further ranges that the same words are about. */
  readonly also?: readonly TemplateRange[] | undefined;
  /** Markdown. */
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
    fits: rangesOf(template).every(range => fits(range, bytes)),
    accepted: accepted.get(i + 1) ?? [],
  }));
}

/** A template as a document, where what is left out is null or empty. */
export function templateDocumentOf({ expect, note, also, accepted, ...rest }: ProposedTemplate) {
  return {
    ...rest,
    expect: expect ?? null,
    note: note ?? '',
    also: (also ?? []).map(range => ({ ...range, expect: range.expect ?? null })),
    accepted: [...accepted],
  };
}

/** Every range of a template, the first first. */
function rangesOf({ offset, length, expect, also = [] }: Template): TemplateRange[] {
  return [{ offset, length, expect }, ...also];
}

function fits({ offset, length, expect }: TemplateRange, bytes: Uint8Array): boolean {
  if (offset + length > bytes.length) return false;
  if (expect === undefined) return true;
  const digits = Buffer.from(bytes.subarray(offset, offset + length)).toString('hex');
  return (
    digits.length === expect.length && [...expect].every((digit, i) => digit === digits[i] || digit === '?')
  );
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
      (template): AnnotationDraft => ({
        ranges: rangesOf(template).map(({ offset, length }) => ({ offset, length })),
        kind: 'explained',
        label: template.label.slice(0, 200),
        note: template.note ?? '',
        origin: { from: 'template', kit: source.kit, template: template.number },
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
