/** Bytes, read-only: the grid, the panel around it, and what is said about bytes. */
export { type ByteRange, type ByteSource, sourceOfBytes } from './byte-source.ts';
export type { DecorationKind, HexDecoration, HexReviewer } from './decorations.ts';
export { type FindBytes, type FindDirection, findIn } from './find.ts';
export { HexPanel, type HexPanelHandle, type HexPanelProps } from './HexPanel.tsx';
export { type HexHandle, HexView, type HexViewProps } from './HexView.tsx';
export { offsetText, rangeText } from './layout.ts';
export { type BytePattern, hexPattern, textPattern } from './pattern.ts';
export { type HexSelection, selectedRange, selectionOf } from './selection.ts';
