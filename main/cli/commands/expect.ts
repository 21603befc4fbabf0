import type { Command } from 'commander';
import { inertText } from '../../contract/inert.ts';
import { appliedKit, importClaims, openCase, plural } from '../../engine/index.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { makeOutput } from '../output.ts';
import { stopOnSignals } from '../tasks.ts';
import { bundleOf } from './case.ts';

/** `assay expect CASE FILE…`: compares with what other auditors' reports, or images, say. */
export function expectCommand(program: Command): void {
  program
    .command('expect')
    .description(
      "take hashes from other auditors' reports (NAME.assay.tar, verified first) and from image archives",
    )
    .argument('<case>', 'folder of the case')
    .argument('<files...>', 'reports and archives of images')
    .option(...BY)
    .option(...DATE)
    .action(expect);
}

async function expect(folder: string, files: string[], options: CaseOptions): Promise<void> {
  const output = makeOutput(options.json ?? false);
  const task = { signal: stopOnSignals(output.note), onProgress: output.onProgress };
  using theCase = openCase(folder, opening(options));
  const kit = appliedKit(theCase);
  using tree = await bundleOf(theCase, kit);
  const sources = (await importClaims(theCase, kit, tree, files, task)).map(
    ({ source, name, file, signers, claims }) => ({
      ...{ source, name, sha256: file.sha256, signers },
      hashes: JSON.parse(theCase.objects.read(claims.sha256).toString('utf8')).hashes.length as number,
    }),
  );
  output.result({ sources }, () =>
    sources
      .map(({ source, name, hashes, signers }) => {
        const who = signers.map(({ identity }) => inertText(identity)).join(', ');
        return `${plural(hashes, 'hash', 'hashes')} from the ${source} ${inertText(name)}${who && `, signed by ${who}`}`;
      })
      .join('\n'),
  );
}
