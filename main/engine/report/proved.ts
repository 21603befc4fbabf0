import { type Basis, foreseen, pinsThere, published, publishedMet, those, unmetPins } from './basis.ts';
import type { Report, Statement } from './model.ts';
import { plural } from './words.ts';

/** What was proved, each line resting on an exhibit. */
export function provedStatements(basis: Basis): Statement[] {
  const { closure, confirmation } = basis;
  return those([
    ...hashStatements(basis),
    closure.state === 'held' && {
      mark: 'reproduced',
      text: closureStatement(closure),
      evidence: 'E-06',
    },
    ...seedStatements(basis),
    pinsThere(basis) > 0 &&
      unmetPins(basis) === 0 && {
        mark: 'reproduced',
        text:
          pinsThere(basis) === 1
            ? 'The one pinned source is exactly the one that was asked for'
            : `All ${plural(pinsThere(basis), 'pinned source')} are exactly those that were asked for`,
        evidence: 'Part 9',
      },
    confirmation !== null &&
      confirmation.differing === 0 &&
      confirmation.closure === 'held' && {
        mark: 'reproduced',
        text: `The chain’s own script, left alone, gives the same ${plural(confirmation.agreeing, 'file')}`,
        evidence: 'E-11',
      },
    ...quietStatements(basis),
  ]);
}

function hashStatements(basis: Basis): (Statement | false)[] {
  const made = foreseen(basis);
  return [
    publishedMet(basis) > 0 && {
      mark: 'reproduced',
      text: `${publishedMet(basis)} of ${plural(published(basis), 'published hash', 'published hashes')} reproduced`,
      evidence: 'E-05',
    },
    made.length > 0 &&
      made.every(({ verdict }) => verdict === 'reproduced') && {
        mark: 'reproduced',
        text: `${plural(made.length, 'file')} that the chain generates or copies ${made.length === 1 ? 'is' : 'are'} as foreseen from its description`,
        evidence: 'E-05',
      },
  ];
}

function seedStatements({ seeds }: Basis): (Statement | false)[] {
  return [
    seeds.length > 0 &&
      seeds.every(seed => seed.matches) && {
        mark: 'reproduced',
        text:
          seeds.length === 1
            ? 'The seed is exactly the one the kit names'
            : `All ${seeds.length} seeds are exactly those the kit names`,
        evidence: 'E-03',
      },
    seeds.length > 0 &&
      seeds.every(seed => seed.source?.assembles) && {
        mark: 'reproduced',
        text:
          seeds.length === 1
            ? 'The seed is exactly what its commented source says'
            : 'Every seed is exactly what its commented source says',
        evidence: 'E-03',
      },
  ];
}

/** What the observer did not see happen. */
function quietStatements({ closure, findings }: Basis): (Statement | false)[] {
  return [
    closure.state !== 'not-observed' &&
      !findings.some(finding => finding.code === 'step.socket') && {
        mark: 'reproduced',
        text: 'No program tried to open a network connection',
        evidence: 'E-06',
      },
    closure.state !== 'not-observed' &&
      !findings.some(finding => finding.code === 'step.machine-read') && {
        mark: 'reproduced',
        text: 'No program read a clock, random numbers or a name of this machine from a file',
        evidence: 'E-06',
      },
  ];
}

function closureStatement({ programs, scripts }: Report['closure']): string {
  const one = programs - scripts === 1;
  const subject = one ? 'The one program' : `All ${plural(programs - scripts, 'program')}`;
  const rest = scripts > 0 ? `, and ran ${plural(scripts, 'script')} of the sources` : '';
  return `${subject} that ran ${one ? 'was' : 'were'} a seed or built earlier in the same replay${rest}`;
}
