/** Bytes, read-only: the grid, the panel around it, and what is said about bytes. */
export {
  type ByteRange,
  type ByteSource,
  type FindBytes,
  type FindDirection,
  type FindQuery,
  sourceOfBytes,
} from './byte-source.ts';
export { DecorationIndex, type DecorationKind, type HexDecoration, type HexReviewer } from './decorations.ts';
export { fileSource, objectSource } from './engine-source.ts';
export { type AddressRange, addressAt } from './go-to.ts';
export { HexPanel, type HexPanelHandle, type HexPanelProps } from './HexPanel.tsx';
export { type HexHandle, HexView, type HexViewProps } from './HexView.tsx';
export { addressDigits, offsetText, rangeText } from './layout.ts';
export { type HexSelection, selectedRange, selectionOf } from './selection.ts';
