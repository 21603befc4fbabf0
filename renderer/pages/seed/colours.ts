import type { AnnotationDraftRow } from '../../../main/contract/requests/index.ts';

/** A colour that a person may give an annotation. */
export type AnnotationColour = NonNullable<AnnotationDraftRow['colour']>;

const TOKENS: Record<AnnotationColour, string> = {
  teal: 'var(--a-explained)',
  ochre: 'var(--a-question)',
  red: 'var(--a-concern)',
  blue: 'var(--c-mnem)',
  violet: 'var(--v-unexpected)',
  green: 'var(--v-reproduced)',
  rose: 'var(--v-missing)',
  grey: 'var(--v-notrun)',
};

/** Every colour, in the order of the engine's list. */
export const COLOURS = Object.keys(TOKENS) as readonly AnnotationColour[];

/** The colour of this name; null for none. */
export function colourNamed(name: string | null): AnnotationColour | null {
  return COLOURS.find(each => each === name) ?? null;
}

/** A colour as CSS, by a token of both themes. */
export function colourOf(colour: AnnotationColour): string {
  return TOKENS[colour];
}
