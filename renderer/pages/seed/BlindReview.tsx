import { Button } from '@blueprintjs/core';
import { ask } from '../../engine/index.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { number } from '../../parts/format.ts';
import type { BlindState } from './use-blind.ts';

interface DialogProps {
  readonly seed: string;
  readonly onClose: () => void;
}

/** Asks whether to begin a blind review, and says what it hides and what it proves. */
export function BeginBlind({ seed, onClose }: DialogProps) {
  return (
    <FormDialog
      title="Begin a blind review"
      action="Begin"
      failed="The blind review was not begun"
      note="The log says when it began and when it ended."
      onSubmit={async () => {
        await ask('seed.blind.begin', { seed });
        onClose();
      }}
      onClose={onClose}
    >
      <div className="seed-words">
        <p>
          Until you end it, this seed shows you only what you said yourself: annotations, coverage and history
          of others are hidden here, on every page and in every answer of the engine. What the kit and the
          source say stays.
        </p>
        <p>
          What two people explained without seeing each other is worth more than what one read from the other.
          The report tells how much of the seed that is.
        </p>
        <p className="t2">
          Not proved: that you had not seen these annotations before, or do not look at them elsewhere. The
          report says how many of others stood when you began.
        </p>
      </div>
    </FormDialog>
  );
}

interface EndBlindProps extends DialogProps {
  readonly blind: BlindState;
  readonly size: number;
  readonly onEnded: () => void;
}

/** Asks whether to end it, and says how far it came. */
export function EndBlind({ seed, blind, size, onEnded, onClose }: EndBlindProps) {
  const explained = blind.own?.explained ?? 0;
  return (
    <FormDialog
      title="End the blind review"
      action="End and show all"
      failed="The blind review goes on"
      onSubmit={async () => {
        await ask('seed.blind.end', { seed });
        onClose();
        onEnded();
      }}
      onClose={onClose}
    >
      <div className="seed-words">
        <p>
          You explained {number(explained)} of {number(size)} bytes
          {explained < size && <strong>: it is not whole</strong>}. The log keeps that.
        </p>
        <p className="t2">
          From now on you see what others said. What you write or change afterwards is not blind any more.
        </p>
      </div>
    </FormDialog>
  );
}

/** Stands over the page for as long as somebody reviews blind. */
export function BlindSign({ blind, onEnd }: { readonly blind: BlindState; readonly onEnd: () => void }) {
  if (!blind.hides) return null;
  return (
    <div className="seed-blind" role="status">
      <span className="strong nowrap">Blind review</span>
      <span className="grow">
        Only what you said yourself is shown: nothing of what others said of this seed.
      </span>
      <Button size="small" onClick={onEnd}>
        End blind review
      </Button>
    </div>
  );
}
