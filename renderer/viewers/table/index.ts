/** Tables of any length. */
export { DataTable, type TableGroups } from './DataTable.tsx';
export type { Column } from './model.ts';
