/** Text with its language's colours, read-only. Load it lazily: it brings the editor with it. */
export { LANGUAGE_NAMES, languageOf, type SourceLanguage } from './languages/index.ts';
export { lineCount, lineEnds, unreadable } from './readable.ts';
export type { LineMark, LineNote, SourceHandle, SourceViewProps } from './SourceView.tsx';
