import { posix } from 'node:path';
import { stringify } from 'smol-toml';
import { inertText } from '../../../contract/inert.ts';
import type { BundleLook } from './look.ts';
import { idOf, type KitChoices, type PlanChoice } from './propose.ts';

const PLATFORMS: Record<KitChoices['architecture'], string> = {
  x86: 'linux/386',
  amd64: 'linux/amd64',
  aarch64: 'linux/arm64',
  riscv32: 'linux/riscv32',
  riscv64: 'linux/riscv64',
};

/** What else a kit.toml needs to know. */
export interface KitSetting {
  /** Whether everything in the bundle lies in one folder. */
  readonly inFolder: boolean;
  /** The folder of the tree that published hashes speak of; null for its root. */
  readonly under: string | null;
  readonly look: BundleLook;
}

/** The text of a new kit's kit.toml. */
export function kitToml(choices: KitChoices, { inFolder, under, look }: KitSetting): string {
  const { id, title, version, architecture, summary, publisher, seeds, plan, published } = choices;
  const results = plan.reader === 'kaem' ? resultsOf(look, published) : [];
  return stringify({
    format: 1,
    kit: { id, title, version, architecture, summary, publisher },
    ...(inFolder && { bundle: { root: 'auto' } }),
    seed: namedSeeds(choices).map(({ name, seed: { path, size, sha256, source } }) => ({
      ...{ name, path, size, sha256 },
      ...(source !== null && { source, syntax: 'hex0' }),
    })),
    plan: planTable(plan, architecture, results),
    published: published.map(path => ({ path, syntax: 'sha256sum', ...(under !== null && { under }) })),
    ...(seeds.length > 0 && {
      checklist: [
        { id: 'seed-bytes', role: 'auditor', text: 'Is every byte of the seeds explained?' },
        {
          id: 'seed-origin',
          role: 'reviewer',
          text: 'Do size and hash of the seeds agree with what was published elsewhere?',
        },
      ],
    }),
  });
}

function planTable(plan: PlanChoice, architecture: KitChoices['architecture'], results: string[]) {
  if (plan.reader === 'kaem') {
    const { entry, runner } = plan;
    return { reader: 'kaem', runner, entry, results, interpreter: [{ path: runner, dialect: 'minimal' }] };
  }
  if (plan.reader === 'containerfile') {
    const folder = posix.dirname(plan.file);
    return {
      ...{ reader: 'containerfile', file: plan.file, platform: PLATFORMS[architecture] },
      ...(folder !== '.' && { context: folder }),
      ...(plan.package !== null && { package: plan.package }),
    };
  }
  return { reader: 'steps' };
}

/** The folders that published files lie in, without those inside another. */
function resultsOf(look: BundleLook, published: readonly string[]): string[] {
  const files = look.published.filter(({ path }) => published.includes(path));
  const folders = new Set(files.flatMap(({ names }) => names.map(name => posix.dirname(name))));
  folders.delete('.');
  const inside = (folder: string) => [...folders].some(other => folder.startsWith(`${other}/`));
  return [...folders].filter(folder => !inside(folder)).sort();
}

function namedSeeds({ seeds }: KitChoices) {
  const names = new Set<string>();
  return seeds.map(seed => {
    const base = idOf(posix.basename(seed.path));
    let name = base;
    for (let i = 2; names.has(name); i += 1) name = `${base}-${i}`;
    names.add(name);
    return { name, seed };
  });
}

/** The README.md of a new kit, for an auditor. */
export function kitReadme(choices: KitChoices, todo: readonly string[], bundle: string): string {
  const { title, version, summary, publisher, architecture, plan, published } = choices;
  const seeds = namedSeeds(choices).map(({ name, seed }) => {
    const proof =
      seed.source === null ? 'no source was found' : `\`${quoted(seed.source)}\` assembles to exactly it`;
    return `| ${quoted(name)} | \`${quoted(seed.path)}\` | ${seed.size} | \`${seed.sha256}\` | ${proof} |`;
  });
  const where = { steps: 'in kit.toml', kaem: '', containerfile: '' }[plan.reader];
  const begins = plan.reader === 'kaem' ? plan.entry : plan.reader === 'containerfile' ? plan.file : '';
  return `# ${quoted(title)} ${quoted(version)}

${quoted(summary)}

Architecture ${architecture}. Published by: ${quoted(publisher)}. The kit was made from the bundle \`${quoted(bundle)}\`.

## What it says
| seed | in the bundle | bytes | sha256 | source |
|---|---|---|---|---|
${seeds.join('\n')}

The plan stands ${where || `in \`${quoted(begins)}\` of the bundle, read by the reader \`${plan.reader}\``}.
${published.length > 0 ? `Published hashes: ${published.map(path => `\`${quoted(path)}\``).join(', ')}.` : 'Nobody published hashes that were found.'}

## What is still to be filled in
${todo.length > 0 ? todo.map(text => `- ${quoted(text)}`).join('\n') : 'Nothing that can be seen from the bundle.'}

Everything above was taken from the bundle itself. Compare size and hash of each seed with what its publisher says elsewhere before you
rely on it.

## How to run it
\`\`\`
assay audit --kit FOLDER --bundle BUNDLE
\`\`\`
`;
}

/** Text from a bundle as Markdown shows it and as nothing else. */
function quoted(text: string): string {
  return inertText(text).replace(/[`|<>\n]/g, ' ');
}
