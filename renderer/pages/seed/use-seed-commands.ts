import type { AnnotationRow, CoverageRow } from '../../../main/contract/requests/index.ts';
import { type Command, type CommandGroup, useCommands } from '../../commands/index.ts';
import { nextUnexplained, unexplainedEnd } from './seed-model.ts';
import type { SeedSelection } from './use-seed-selection.ts';

/** What the page's buttons and keys do. */
export interface SeedActions {
  /** Selects the next byte that nobody explained. */
  readonly next: () => void;
  readonly find: () => void;
  /** Begins an annotation of the selected bytes. */
  readonly begin: (kind?: AnnotationRow['kind']) => void;
}

interface Acted {
  readonly selection: SeedSelection;
  readonly coverage: CoverageRow | undefined;
  readonly left: number;
  readonly begin: SeedActions['begin'];
  readonly onNext: () => void;
}

const GROUP: CommandGroup = 'On this page';

/** Offers the page's actions as commands, and gives those that buttons share. */
export function useSeedCommands({ selection, coverage, left, begin, onNext }: Acted): SeedActions {
  const { range, panel, select } = selection;
  const next = () => {
    const at = nextUnexplained(coverage, range.start);
    if (at === null) return;
    onNext();
    select(at, at + 1);
    panel.current?.focus();
  };
  const run = () => {
    const end = unexplainedEnd(coverage, range.start);
    if (end !== null) select(range.start, end);
  };
  const find = () => panel.current?.openBar('find');
  useCommands((): readonly Command[] => {
    const enabled = left > 0;
    return [
      { id: 'seed.next', title: 'Next unexplained byte', group: GROUP, keys: 'U', enabled, run: next },
      {
        id: 'seed.run',
        title: 'Select what is unexplained from here on',
        group: GROUP,
        keys: 'Shift U',
        run,
      },
      { id: 'seed.annotate', title: 'Annotate', group: GROUP, keys: 'A', run: () => begin() },
      ...KINDS.map(({ kind, keys }) => ({
        id: `seed.${kind}`,
        title: `Annotate as ${kind}`,
        group: GROUP,
        keys,
        run: () => begin(kind),
      })),
      { id: 'seed.find', title: 'Find bytes', group: GROUP, keys: 'Ctrl F', run: find },
      {
        id: 'seed.go-to',
        title: 'Go to an offset',
        group: GROUP,
        keys: 'Ctrl G',
        run: () => panel.current?.openBar('go-to'),
      },
    ];
  }, [coverage, range.start, left]);
  return { next, find, begin };
}

const KINDS = [
  { kind: 'explained', keys: 'E' },
  { kind: 'question', keys: 'Q' },
  { kind: 'concern', keys: 'C' },
] as const;
