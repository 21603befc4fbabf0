import type { Command } from 'commander';
import type { KitsDocument } from '../../contract/documents.ts';
import { embeddedKits, loadKit } from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { makeOutput } from '../output.ts';

/** `assay kits`: the kits that come with Assay. */
export function kitsCommand(program: Command): void {
  program
    .command('kits')
    .description('list the kits that come with Assay')
    .action((options: CommonOptions) => {
      const document = kitsDocumentOf();
      makeOutput(options.json ?? false).result(document, () =>
        document.kits
          .map(kit => {
            const seeds = kit.seeds.map(seed => `${seed.name} ${seed.size} bytes`).join(', ');
            const steps = kit.steps === null ? 'Steps as its scripts say,' : `${kit.steps} steps`;
            return `${kit.id}  ${kit.title} ${kit.version}\n  ${kit.summary}\n  ${steps} from ${seeds}`;
          })
          .join('\n\n'),
      );
    });
}

function kitsDocumentOf(): KitsDocument {
  const kits = embeddedKits().map(id => {
    const { description, bundleFolder } = loadKit(id);
    const { title, version, architecture, summary } = description.kit;
    return {
      id,
      title,
      version,
      architecture,
      summary,
      embedded: bundleFolder !== null,
      seeds: description.seed.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      steps: description.plan.reader === 'steps' ? description.plan.step.length : null,
    };
  });
  return { kits };
}
