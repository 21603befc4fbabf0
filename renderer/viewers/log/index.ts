/** Logs of any size. */
export { LogView } from './LogView.tsx';
