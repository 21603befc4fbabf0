import { Button } from '@blueprintjs/core';
import { CrossIcon } from '@blueprintjs/icons';
import { Inert } from '../../../parts/Inert.tsx';
import { Kbd } from '../../../parts/Kbd.tsx';
import { DifferenceView } from '../../../viewers/difference/index.ts';
import type { Compared } from './candidates.ts';

interface ComparedSeedProps {
  readonly name: string;
  readonly compared: Compared;
  readonly onClose: () => void;
}

/** A seed beside what it is compared with, byte by byte, aligned. */
export function ComparedSeed({ name, compared, onClose }: ComparedSeedProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc goes back from anywhere in it
    <div
      className="seed-compared"
      onKeyDown={event => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className="panehead">
        <h2 className="nowrap">Comparison</h2>
        <span className="t2 cut grow">
          <Inert text={name} prose /> and <Inert text={compared.name} prose />
        </span>
        <Button size="small" variant="minimal" icon={<CrossIcon size={14} />} onClick={onClose}>
          Back to the seed <Kbd keys="Esc" />
        </Button>
      </header>
      <DifferenceView sides={compared.sides} names={{ a: name, b: compared.name }} autoFocus />
    </div>
  );
}
