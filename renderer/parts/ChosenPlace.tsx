import { Button } from '@blueprintjs/core';
import type { Grant } from '../../main/contract/grants.ts';
import { Inert } from './Inert.tsx';

interface ChosenPlaceProps {
  readonly chosen: Grant | null;
  /** What the button says. */
  readonly action: string;
  /** The button's name where that alone says too little. */
  readonly label?: string;
  readonly onChoose: () => void;
}

/** A file or folder that a person chose in a dialog, and the button that opens it. */
export function ChosenPlace({ chosen, action, label, onChoose }: ChosenPlaceProps) {
  return (
    <div className="chosen">
      <div className="chosen-path">
        {chosen ? <Inert text={chosen.label} cut /> : <span className="t3">Not chosen</span>}
      </div>
      <Button size="small" {...(label !== undefined && { 'aria-label': label })} onClick={onChoose}>
        {action}
      </Button>
    </div>
  );
}
