import { Button, SegmentedControl } from '@blueprintjs/core';
import { ArrowRightIcon, SearchIcon } from '@blueprintjs/icons';
import type { ReactNode } from 'react';
import type { Output } from '../../../main/contract/requests/index.ts';
import { bytes } from '../../parts/format.ts';
import { Kbd } from '../../parts/Kbd.tsx';
import { PageHead } from '../../shell/PageHead.tsx';
import type { SeedActions } from './use-seed-commands.ts';

interface SeedHeadProps {
  readonly seeds: Output<'seed.list'>;
  readonly seed: string;
  readonly onSeed: (name: string) => void;
  /** Bytes that nobody explained. */
  readonly left: number;
  readonly actions: SeedActions;
  /** The menu over annotations as a whole. */
  readonly menu: ReactNode;
}

/** Which seed, and what one does with it. */
export function SeedHead({ seeds, seed, onSeed, left, actions, menu }: SeedHeadProps) {
  return (
    <PageHead
      title="Seed"
      actions={
        <>
          <Button size="small" variant="minimal" icon={<SearchIcon />} onClick={actions.find}>
            Find bytes <Kbd keys="Ctrl F" />
          </Button>
          {menu}
          <Button
            size="small"
            intent="primary"
            icon={<ArrowRightIcon />}
            disabled={left === 0}
            onClick={actions.next}
          >
            Next unexplained byte <Kbd keys="U" />
          </Button>
        </>
      }
    >
      <SegmentedControl
        size="small"
        aria-label="Seed"
        options={seeds.map(each => ({ label: `${each.name} ${bytes(each.seed.size)}`, value: each.name }))}
        value={seed}
        onValueChange={onSeed}
      />
    </PageHead>
  );
}
