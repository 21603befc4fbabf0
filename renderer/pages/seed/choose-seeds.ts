import { type Command, useCommands } from '../../commands/index.ts';
import { ask, attempt, desktop } from '../../engine/index.ts';

/** Asks for seeds as files: in a case with a kit they are held against it, in one without they are taken to be reviewed. */
export async function chooseSeeds(): Promise<void> {
  await attempt('No binary was taken', async () => {
    const chosen = await desktop('choose.seeds', {});
    if (chosen.length > 0) await ask('seed.check', { locations: chosen.map(({ grant }) => grant) });
  });
}

/** Offers {@link chooseSeeds} as a command. */
export function useChooseSeeds(ofKit: boolean): void {
  useCommands(
    (): readonly Command[] => [
      {
        id: 'seed.choose',
        title: ofKit ? 'Check a seed from a file' : 'Choose binaries to review',
        group: 'On this page',
        run: () => void chooseSeeds(),
      },
    ],
    [ofKit],
  );
}
