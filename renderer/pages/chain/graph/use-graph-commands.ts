import type { ExpandedLanes } from '../../../../main/contract/requests/index.ts';
import { type Command, useCommands } from '../../../commands/index.ts';
import { ask, attempt, desktop } from '../../../engine/index.ts';
import { plainFileName } from '../../../parts/file-name.ts';
import type { GraphCamera } from './graph-camera.ts';

interface GraphActions {
  /** Whether the graph is shown. */
  readonly shown: boolean;
  readonly camera: GraphCamera;
  readonly expanded: ExpandedLanes;
  readonly setExpanded: (lanes: ExpandedLanes) => void;
  readonly find: () => void;
  /** Shows what the selected step read, or no longer. */
  readonly read: () => void;
  readonly reading: boolean;
  /** Whether a step is selected. */
  readonly selected: boolean;
  readonly toggle: () => void;
  /** Of the case, for the name of a file. */
  readonly name: string;
  readonly replay?: number;
}

type Format = 'svg' | 'dot';

/** What can be done with the graph, by keys and in the palette. */
export function useGraphCommands(actions: GraphActions): void {
  const { shown, camera, expanded, setExpanded, find, toggle, name, replay } = actions;
  const { read, reading, selected } = actions;
  const asked = { expanded, ...(replay !== undefined && { replay }) };
  const copy = (format: Format) =>
    void attempt('Nothing was copied', async () => {
      const { text } = await ask('chain.figure', { ...asked, format });
      await desktop('clipboard.write', { text });
    });
  const save = (format: Format) =>
    void attempt('The figure was not saved', async () => {
      const target = await desktop('choose.target', {
        name: `${plainFileName(name, 'chain')}.chain.${format}`,
      });
      if (target) await ask('chain.save-figure', { ...asked, format, location: target.grant });
    });
  const command = (
    id: string,
    title: string,
    keys: string,
    run: () => void,
    more: Partial<Command> = {},
  ) => ({
    ...{ id: `graph.${id}`, title, group: 'On this page' as const, enabled: shown, run },
    ...(keys !== '' && { keys }),
    ...more,
  });
  useCommands(
    () => [
      command('toggle', shown ? 'Show only the table of steps' : 'Show the graph', 'G', toggle, {
        enabled: true,
      }),
      command('find', 'Find in the graph', 'Ctrl F', find),
      command('inputs', reading ? 'Hide what the step read' : 'Show what the step read', 'I', read, {
        enabled: shown && selected,
      }),
      command('fit', 'Show the whole graph', 'F', () => camera.zoom('fit')),
      command('larger', 'Larger graph', '+', () => camera.zoom(1), { alias: '=' }),
      command('smaller', 'Smaller graph', '-', () => camera.zoom(-1)),
      command('actual', 'Graph in its actual size', '0', () => camera.zoom('actual')),
      command('expand', 'Expand all lanes', 'E', () => setExpanded('all')),
      command('collapse', 'Collapse all lanes', 'C', () => setExpanded([])),
      command('copy-svg', 'Copy the figure as SVG', '', () => copy('svg')),
      command('copy-dot', 'Copy the graph for Graphviz', '', () => copy('dot')),
      command('save-svg', 'Save the figure as SVG', '', () => save('svg')),
      command('save-dot', 'Save the graph for Graphviz', '', () => save('dot')),
    ],
    [shown, camera, expanded, name, replay, reading, selected],
  );
}
