import { inertText } from '../contract/inert.ts';
import { type CameToBe, type CaseLineage, lineageText, plural } from '../engine/index.ts';

/** How a file came to be: what is on its path and how much of that people reviewed, then every file of it. */
export function cameToBeText({ lineage, cameToBe, file }: CaseLineage): string {
  const reviewed = (node: Parameters<typeof file>[0]) => {
    if (node.kind !== 'source') return '';
    const { reviewers } = file(node);
    return reviewers.length === 0 ? '  not reviewed' : `  reviewed by ${reviewers.map(inertText).join(', ')}`;
  };
  return [...gapLines(cameToBe), '', lineageText(lineage, reviewed)].join('\n');
}

/** `31 sources on this path, 12 not reviewed`, and how much of each seed is explained. */
export function gapLines({ steps, programs, sources, seeds, strangers }: CameToBe): string[] {
  const { files, reviewed, byTwo } = sources;
  return [
    `${plural(steps, 'step')}, ${plural(programs, 'program')}`,
    `${plural(files, 'source')} on this path, ${files - reviewed} not reviewed, ${byTwo} reviewed by two`,
    ...seeds.map(
      ({ name, bytes, explained, byTwo }) =>
        `seed ${name}: ${explained} of ${bytes} bytes explained, ${byTwo} by two`,
    ),
    ...strangers.map(path => `${inertText(path)} ran as it came with the bundle`),
  ];
}
