import { useRef } from 'react';
import { type Command, useCommands } from '../../commands/index.ts';
import { COPY_FORMS, COPY_LIMIT, COPY_NAMES, type CopyForm } from './copy-as.ts';
import type { ByteSearch } from './use-byte-search.ts';

interface Acted {
  readonly search: ByteSearch;
  /** How many bytes are selected. */
  readonly selected: number;
  /** Whether all readings are shown. */
  readonly open: boolean;
  readonly onFind: () => void;
  readonly onCopy: (form: CopyForm) => void;
  readonly onReadings: (open: boolean) => void;
}

/**
 * What is done with bytes anywhere, as commands. F3 and Shift F3 go from place to place, also while the bar is closed; with nothing to
 * search for they open it.
 */
export function useHexCommands(acted: Acted): void {
  const now = useRef(acted);
  now.current = acted;
  const { open } = acted;
  const copies = acted.selected > 0 && acted.selected <= COPY_LIMIT;
  useCommands((): readonly Command[] => {
    const command = (id: string, title: string, run: () => void, more: Partial<Command> = {}): Command => ({
      id: `hex.${id}`,
      title,
      group: 'On this page',
      run,
      ...more,
    });
    const go = (direction: 'next' | 'previous') => () => {
      const { search, onFind } = now.current;
      if (search.valid) search.go(direction);
      else onFind();
    };
    return [
      command('next', 'Next place found', go('next'), { keys: 'F3' }),
      command('previous', 'Previous place found', go('previous'), { keys: 'Shift F3' }),
      command('readings', open ? 'Show fewer readings of the bytes' : 'Show all readings of the bytes', () =>
        now.current.onReadings(!now.current.open),
      ),
      ...COPY_FORMS.map(form =>
        command(`copy-${form}`, `${COPY_NAMES[form]}, the selected bytes`, () => now.current.onCopy(form), {
          enabled: copies,
        }),
      ),
    ];
  }, [open, copies]);
}
