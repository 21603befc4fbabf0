import { inertText } from '../contract/inert.ts';
import { type Annotation, plural, rangeText, type SeedCoverage } from '../engine/index.ts';

/** Annotations, one a paragraph. */
export function annotationsText(annotations: readonly Annotation[]): string {
  if (annotations.length === 0) return 'No annotations.';
  return annotations.map(annotationText).join('\n');
}

function annotationText(annotation: Annotation): string {
  const { id, kind, label, note, by, event, ranges, group, origin, resolution } = annotation;
  const whose =
    origin === null
      ? ''
      : origin.from === 'template'
        ? `, from template ${origin.template} of the kit`
        : `, from a file, by ${inertText(origin.author)}`;
  return [
    `${id}  ${kind.padEnd(9)}  ${ranges.map(rangeText).join(' ')}  ${inertText(label)}`,
    `    ${inertText(by)}, event ${event}${group === null ? '' : `, group ${inertText(group)}`}${whose}`,
    ...(note === '' ? [] : note.split('\n').map(line => `    ${inertText(line)}`)),
    ...(resolution ? [`    settled by ${inertText(resolution.by)}: ${inertText(resolution.reason)}`] : []),
  ].join('\n');
}

/** How much of each seed people have explained. */
export function coverageText(seeds: readonly (SeedCoverage & { readonly next: number | null })[]): string {
  if (seeds.length === 0) return 'No seed was checked yet.';
  return seeds
    .map(seed =>
      [
        `${inertText(seed.name)}  ${seed.explained} of ${plural(seed.size, 'byte')} explained, ${seed.byTwo} by two people`,
        ...seed.reviewers.map(({ name, bytes }) => `  ${inertText(name)}: ${plural(bytes, 'byte')}`),
        `  open: ${plural(seed.open.questions, 'question')}, ${plural(seed.open.concerns, 'concern')}`,
        ...(seed.unexplained.length > 0
          ? [`  nobody explained ${seed.unexplained.map(rangeText).join(' ')}`]
          : []),
        ...(seed.next === null ? [] : [`  next: 0x${seed.next.toString(16)}`]),
      ].join('\n'),
    )
    .join('\n');
}
