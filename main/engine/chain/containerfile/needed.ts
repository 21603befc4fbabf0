import { descriptionError, type Instruction } from './instructions.ts';

const STAGE_NAME = /^[a-z][a-z0-9_.-]{0,59}$/;

interface Section {
  readonly name: string;
  readonly instructions: Instruction[];
}

/**
 * The instructions of the stages that the target is made from, in the order of the file, and those before the first FROM. A stage
 * that nothing needs is not built. Throws `containerfile.*`.
 */
export function neededFrom(
  all: readonly Instruction[],
  file: string,
  wanted: string | undefined,
): { readonly instructions: Instruction[]; readonly target: string } {
  const before: Instruction[] = [];
  const sections: Section[] = [];
  for (const instruction of all) {
    if (instruction.keyword === 'FROM')
      sections.push({ name: nameOf(instruction, file, sections), instructions: [instruction] });
    else (sections.at(-1)?.instructions ?? before).push(instruction);
  }
  const target =
    wanted === undefined ? sections.at(-1) : sections.find(({ name }) => name === wanted.toLowerCase());
  if (!target) throw descriptionError(file, 1, `there is no stage ${wanted ?? ''}`.trim(), 'no-stage');
  const needed = new Set([target]);
  // A stage can only name those before it.
  for (const section of sections.slice(0, sections.indexOf(target) + 1).reverse()) {
    if (!needed.has(section)) continue;
    const earlier = sections.slice(0, sections.indexOf(section));
    for (const name of namesIn(section, file)) {
      const found = earlier.findLast(each => each.name === name);
      if (found) needed.add(found);
    }
  }
  const kept = sections.filter(section => needed.has(section));
  return { instructions: [...before, ...kept.flatMap(section => section.instructions)], target: target.name };
}

function nameOf({ rest, line }: Instruction, file: string, sections: readonly Section[]): string {
  const [image, as, name, ...more] = rest.split(/\s+/);
  const wellFormed =
    image !== undefined && image !== '' && (as === undefined || (as.toUpperCase() === 'AS' && name));
  if (!wellFormed || more.length > 0)
    throw descriptionError(file, line, 'FROM is not as it should be', 'syntax');
  const lower = (name ?? `stage-${line}`).toLowerCase();
  if (!STAGE_NAME.test(lower))
    throw descriptionError(file, line, `'${name}' is no name of a stage`, 'syntax');
  if (sections.some(section => section.name === lower)) {
    throw descriptionError(file, line, `two stages are called '${lower}'`, 'syntax');
  }
  return lower;
}

/** What a stage refers to by name. Numbers of stages are refused. */
function namesIn({ instructions }: Section, file: string): string[] {
  return instructions.flatMap(({ keyword, rest, flags, line }) => {
    const name = keyword === 'FROM' ? rest.split(/\s+/)[0] : flags.get('from');
    if (name === undefined) return [];
    if (/^\d+$/.test(name))
      throw descriptionError(file, line, 'a stage must be named, not numbered', 'not-supported');
    return [name.toLowerCase()];
  });
}
