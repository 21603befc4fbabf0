/** The chain as a figure: one graph and one layout for the window, the report and the command line. */
export * from './collapse.ts';
export * from './dot.ts';
export * from './graph.ts';
export { figureLabel } from './label.ts';
export * from './layout.ts';
export * from './marks.ts';
export * from './model.ts';
export * from './paper.ts';
export * from './planned.ts';
export * from './screen.ts';
export * from './svg.ts';
export { fitted, monoWidth, wrapped } from './text.ts';
export * from './trace.ts';
export * from './written.ts';
