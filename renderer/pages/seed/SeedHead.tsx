import { Button, HTMLSelect, SegmentedControl } from '@blueprintjs/core';
import { ArrowRightIcon, ComparisonIcon, SearchIcon } from '@blueprintjs/icons';
import type { ReactNode } from 'react';
import { inertText } from '../../../main/contract/inert.ts';
import type { Output } from '../../../main/contract/requests/index.ts';
import { runCommand } from '../../commands/index.ts';
import { bytes } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import { useNarrow } from '../../shell/use-width.ts';
import type { SeedActions } from './use-seed-commands.ts';

interface SeedHeadProps {
  readonly seeds: Output<'seed.list'>;
  readonly seed: string;
  readonly onSeed: (name: string) => void;
  /** Bytes that nobody explained. */
  readonly left: number;
  /** True while the bytes are not there to be worked on. */
  readonly away: boolean;
  readonly actions: SeedActions;
  /** The menu over annotations as a whole. */
  readonly menu: ReactNode;
}

/** Which seed, and what one does with it. */
export function SeedHead({ seeds, seed, onSeed, left, away, actions, menu }: SeedHeadProps) {
  return (
    <PageHead
      title="Seed"
      actions={
        <>
          <Button size="small" variant="minimal" icon={<SearchIcon />} disabled={away} onClick={actions.find}>
            Find bytes <Kbd keys="Ctrl F" />
          </Button>
          <Button
            size="small"
            variant="minimal"
            icon={<ComparisonIcon />}
            onClick={() => runCommand('seed.compare')}
          >
            Compare seed
          </Button>
          {menu}
          <Button
            size="small"
            intent="primary"
            icon={<ArrowRightIcon />}
            disabled={left === 0 || away}
            onClick={actions.next}
          >
            Next unexplained byte <Kbd keys="U" />
          </Button>
        </>
      }
    >
      <SeedSwitch seeds={seeds} seed={seed} onSeed={onSeed} />
    </PageHead>
  );
}

/** Seeds beside each other that a switch can hold, one where there is little room; more go into a list. */
const BESIDE = 3;

function SeedSwitch({ seeds, seed, onSeed }: Pick<SeedHeadProps, 'seeds' | 'seed' | 'onSeed'>) {
  const options = seeds.map(each => ({
    label: inertText(`${each.name} ${bytes(each.seed.size)}`),
    value: each.name,
  }));
  const narrow = useNarrow();
  if (seeds.length > (narrow ? 1 : BESIDE)) {
    return (
      <HTMLSelect
        aria-label="Seed"
        options={options}
        value={seed}
        onChange={event => onSeed(event.currentTarget.value)}
      />
    );
  }
  return (
    <SegmentedControl size="small" aria-label="Seed" options={options} value={seed} onValueChange={onSeed} />
  );
}
