import type { CoverageRow } from '../../../main/contract/requests/index.ts';
import { type Command, type CommandGroup, useCommands } from '../../commands/index.ts';
import type { ByteRange } from '../../viewers/hex/index.ts';
import type { AnnotationKind } from './annotation-draft.ts';
import { KINDS } from './KindChoice.tsx';
import { nextUnexplained, unexplainedEnd } from './seed-model.ts';
import type { KitClaim } from './use-kit-claim.ts';
import type { SeedSelection } from './use-seed-selection.ts';

/** What the keys do to what is written. */
export interface Writing {
  /** Begins an annotation of the selected bytes, in the words of somebody else's where they are given. */
  readonly begin: () => void;
  /** Sets the kind of one's own annotation that is shown, while its bytes are selected, or begins one of this kind. */
  readonly setKind: (kind: AnnotationKind) => void;
  /** Begins an annotation of other bytes, with a label that is proposed. */
  readonly about: (range: ByteRange, label: string) => void;
  readonly addSelection: () => void;
  readonly settle: () => void;
  readonly save: () => void;
  /** Begins an explanation of one's own of the bytes that somebody else's is about; null where there is none. */
  readonly agree: (() => void) | null;
}

interface Acted {
  readonly selection: SeedSelection;
  readonly coverage: CoverageRow | undefined;
  /** Bytes that nobody explained. */
  readonly left: number;
  readonly writing: Writing;
  readonly claim: KitClaim | null;
  readonly onNext: () => void;
  /** True while the bytes are not there to be worked on. */
  readonly away: boolean;
}

/** What the page's buttons do as its keys do. */
export interface SeedActions {
  readonly next: () => void;
  readonly find: () => void;
}

const GROUP: CommandGroup = 'On this page';

/** Offers the page's actions as commands, and gives those that buttons share. */
export function useSeedCommands({
  selection,
  coverage,
  left,
  writing,
  claim,
  onNext,
  away,
}: Acted): SeedActions {
  const { range, panel, select } = selection;
  const next = () => {
    const at = nextUnexplained(coverage, Math.max(range.start, range.end - 1));
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
  const goTo = () => panel.current?.openBar('go-to');
  useCommands((): readonly Command[] => {
    if (away) return [];
    const command = (id: string, keys: string, title: string, act: () => void, enabled = true): Command => ({
      id: `seed.${id}`,
      title,
      group: GROUP,
      keys,
      enabled,
      run: act,
    });
    return [
      command('next', 'U', 'Next unexplained byte', next, left > 0),
      command('run', 'Shift U', 'Select what is unexplained from here on', run, left > 0),
      command('annotate', 'A', 'Annotate', writing.begin),
      command('add-range', 'Shift A', 'Add the selection to the annotation', writing.addSelection),
      ...KINDS.map(({ kind, keys }) =>
        command(kind, keys, `Annotate as ${kind}`, () => writing.setKind(kind)),
      ),
      command('agree', 'R', 'Explain these bytes too', () => writing.agree?.(), writing.agree !== null),
      command(
        'agree-kit',
        'R',
        'Agree to what the kit says of these bytes',
        () => claim?.agree(),
        claim !== null && writing.agree === null,
      ),
      command('settle', 'S', 'Settle the question or concern', writing.settle),
      command('save', 'Ctrl Enter', 'Save the annotation', writing.save),
      command('find', 'Ctrl F', 'Find bytes', find),
      command('go-to', 'Ctrl G', 'Go to an offset', goTo),
    ];
  }, [coverage, range.start, range.end, left, writing, claim, away]);
  return { next, find };
}
