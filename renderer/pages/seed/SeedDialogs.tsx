import type { Output } from '../../../main/contract/requests/index.ts';
import { BeginBlind, EndBlind } from './BlindReview.tsx';
import { CompareSeed } from './compare/CompareSeed.tsx';
import { ExportAnnotations } from './exchange/ExportAnnotations.tsx';
import { ImportAnnotations } from './exchange/ImportAnnotations.tsx';
import type { BlindState } from './use-blind.ts';
import type { Disagreements } from './use-disagreements.ts';
import type { SeedDialogState } from './use-seed-dialogs.ts';

type SeedRow = Output<'seed.list'>[number];

interface SeedDialogsProps {
  readonly row: SeedRow;
  readonly seeds: readonly SeedRow[];
  readonly by: string;
  readonly onShow: (start: number, end: number) => void;
  readonly dialogs: SeedDialogState;
  readonly blind: BlindState;
  readonly disagreements: Disagreements;
}

/** The dialog of the page that is open, if one is. */
export function SeedDialogs({ row, seeds, by, onShow, dialogs, blind, disagreements }: SeedDialogsProps) {
  const { name, seed } = row;
  const close = () => dialogs.setOpen(null);
  switch (dialogs.open) {
    case null:
      return null;
    case 'blind-begin':
      return <BeginBlind seed={seed.sha256} onClose={close} />;
    case 'blind-end':
      return (
        <EndBlind
          seed={seed.sha256}
          size={seed.size}
          blind={blind}
          onEnded={() => disagreements.setOpen(true)}
          onClose={close}
        />
      );
    case 'compare':
      return <CompareSeed seed={row} seeds={seeds} onCompare={dialogs.setCompared} onClose={close} />;
    case 'export':
      return <ExportAnnotations seed={{ name, sha256: seed.sha256 }} by={by} onClose={close} />;
    case 'import':
    case 'carry':
      return (
        <ImportAnnotations
          seed={seed.sha256}
          kind={dialogs.open === 'import' ? 'file' : 'case'}
          by={by}
          onShow={onShow}
          onClose={close}
        />
      );
  }
}
