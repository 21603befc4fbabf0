/** Tables of any length. */
export { DataTable } from './DataTable.tsx';
export type { Column } from './model.ts';
