import { BeginBlind, EndBlind } from './BlindReview.tsx';
import type { BlindState } from './use-blind.ts';
import type { Disagreements } from './use-disagreements.ts';
import type { SeedDialogState } from './use-seed-dialogs.ts';

interface SeedDialogsProps {
  readonly seed: { readonly sha256: string; readonly size: number };
  readonly dialogs: SeedDialogState;
  readonly blind: BlindState;
  readonly disagreements: Disagreements;
}

/** The dialog of the page that is open, if one is. */
export function SeedDialogs({ seed, dialogs, blind, disagreements }: SeedDialogsProps) {
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
  }
}
