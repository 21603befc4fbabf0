import { inertText } from '../contract/inert.ts';
import {
  type Annotation,
  type AnnotationGroup,
  type AnnotationSource,
  type AnnotationStep,
  type BlindReview,
  type Merge,
  type MergeItem,
  plural,
  rangeText,
  type SeedCoverage,
  type SeedDisagreement,
  type templateDocumentOf,
} from '../engine/index.ts';

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
        : `, from ${origin.from === 'case' ? 'another case' : 'a file'}, by ${inertText(origin.author)}${'key' in origin && origin.key ? `, signed by ${origin.key}` : ''}`;
  return [
    `${id}  ${kind.padEnd(9)}  ${ranges.map(rangeText).join(' ')}  ${inertText(label)}`,
    `    ${inertText(by)}, event ${event}${group === null ? '' : `, group ${inertText(group)}`}${whose}`,
    ...(note === '' ? [] : note.split('\n').map(line => `    ${inertText(line)}`)),
    ...(resolution ? [`    settled by ${inertText(resolution.by)}: ${inertText(resolution.reason)}`] : []),
  ].join('\n');
}

/** Groups of annotations, one a line. */
export function groupsText(groups: readonly AnnotationGroup[]): string {
  if (groups.length === 0) return 'No groups.';
  return groups
    .map(
      ({ name, annotations, bytes, by }) =>
        `${inertText(name)}  ${plural(annotations, 'annotation')}, ${plural(bytes, 'byte')}, by ${by.map(inertText).join(', ')}`,
    )
    .join('\n');
}

const STEPS: Record<AnnotationStep['type'], string> = {
  'seed-annotated': 'made',
  'annotation-changed': 'changed',
  'annotation-removed': 'removed',
  'annotation-resolved': 'settled',
};

/** The history of an annotation, one event a paragraph. */
export function historyText(steps: readonly AnnotationStep[]): string {
  return steps
    .map(({ event, at, by, type, undone, changed, content, reason }) =>
      [
        `event ${event}  ${at}  ${STEPS[type]}${changed.length > 0 ? ` (${changed.join(', ')})` : ''} by ${inertText(by)}${undone ? ', undone' : ''}`,
        ...(content
          ? [`    ${content.kind}  ${content.ranges.map(rangeText).join(' ')}  ${inertText(content.label)}`]
          : []),
        ...(reason === null ? [] : [`    ${inertText(reason)}`]),
      ].join('\n'),
    )
    .join('\n');
}

/** How much of each seed people have explained. */
export function coverageText(seeds: readonly (SeedCoverage & { readonly next: number | null })[]): string {
  if (seeds.length === 0) return 'No seed was checked yet.';
  return seeds
    .map(seed =>
      [
        `${inertText(seed.name)}  ${seed.explained} of ${plural(seed.size, 'byte')} explained, ${seed.byTwo} by two people${seed.byTwo > 0 ? `, ${seed.byTwoBlind} of these by a second who was reviewing blind` : ''}`,
        ...seed.blind.map(each => `  ${blindText(each, seed.size)}`),
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

/** A blind review, in one line. */
export function blindText({ by, begun, ended, others, explained }: BlindReview, size: number): string {
  const until = ended ? `ended at event ${ended.event}` : 'goes on';
  const before = others > 0 ? `; ${plural(others, 'annotation')} of others stood there when it began` : '';
  return `blind: ${inertText(by)}, begun at event ${begun.event}, ${until}, ${explained} of ${plural(size, 'byte')} explained${before}`;
}

const DISAGREEMENTS: Record<SeedDisagreement['what'], string> = {
  doubt: 'explained and doubted',
  kinds: 'asked and warned',
  one: 'only one person',
};

/** Where people do not agree, one range a line. */
export function disagreementsText(disagreements: readonly SeedDisagreement[]): string {
  if (disagreements.length === 0) return 'No disagreements.';
  return disagreements
    .map(({ what, sides, ...range }) => {
      const said = sides.map(({ by, kinds }) => `${inertText(by)}: ${kinds.join(' and ')}`);
      return `${rangeText(range)}  ${DISAGREEMENTS[what]}  ${said.join('; ')}`;
    })
    .join('\n');
}

/** What the kit says of the bytes of a seed, one a line. */
export function templatesText(templates: readonly ReturnType<typeof templateDocumentOf>[]): string {
  if (templates.length === 0) return 'The kit says nothing of the bytes of this seed.';
  return templates
    .map(({ number, label, note, fits, accepted, also, ...range }) =>
      [
        `${String(number).padStart(4)}  ${[range, ...also].map(rangeText).join(' ')}  ${inertText(label)}${fits ? '' : '  DOES NOT FIT'}${accepted.length > 0 ? `  (agreed: ${accepted.map(inertText).join(', ')})` : ''}`,
        ...(note === '' ? [] : [`      ${inertText(note)}`]),
      ].join('\n'),
    )
    .join('\n');
}

const SIGNATURES: Record<AnnotationSource['signature']['state'], string> = {
  none: 'not signed',
  good: 'signed by the key',
  bad: 'BAD SIGNATURE',
};

/** What came, or would come, of annotations from elsewhere. */
export function mergeText(source: AnnotationSource, { items, fresh }: Merge, added: number): string {
  const { state, fingerprint, problem } = source.signature;
  const signed =
    source.kind === 'case'
      ? []
      : [[SIGNATURES[state], fingerprint, problem].filter(word => word !== null).join(' ')];
  const lines = items.map((item, i) => mergeLine(item, i + 1));
  const news = fresh?.length ? [`new in this seed: ${fresh.map(rangeText).join(' ')}`] : [];
  return [...signed, ...lines, ...news, `${plural(items.length, 'annotation')} there, ${added} added`].join(
    '\n',
  );
}

function mergeLine({ state, theirs, ranges, moved, ours }: MergeItem, number: number): string {
  const place = (ranges ?? theirs.ranges).map(rangeText).join(' ');
  const here =
    state === 'conflict'
      ? `; here: ${ours ? `${inertText(ours.label)}, by ${inertText(ours.by)}` : 'taken away'}`
      : state === 'changed'
        ? '; look again'
        : '';
  return `${String(number).padStart(4)}  ${state.padEnd(9)}  ${place}${moved ? ' (moved)' : ''}  ${inertText(theirs.label)}, by ${inertText(theirs.by)}${here}`;
}
