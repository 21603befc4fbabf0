import { EARLY_ENDS } from '../chain/index.ts';
import { type Basis, findingId, those, unmetPins } from './basis.ts';
import type { Statement } from './model.ts';
import { plural } from './words.ts';

/** What was not proved: what went wrong first, then what no replay can prove. */
export function notProvedStatements(basis: Basis): Statement[] {
  const { counts, seeds } = basis;
  return those([
    !basis.completed && {
      mark: 'not-run',
      text: 'That the chain can be replayed to its end',
      evidence: findingId(basis, 'step.failed'),
    },
    ...artifactStatements(basis),
    ...closureStatements(basis),
    seeds.some(seed => !seed.matches) && {
      mark: 'differs',
      text: 'That the seed is the published one',
      evidence: findingId(basis, 'seed.differs'),
    },
    basis.findings.some(({ code }) => EARLY_ENDS.has(code)) && {
      mark: 'not-run',
      text: 'What the chain makes further on: the plan ends before it does',
      evidence: findingId(basis, ...EARLY_ENDS),
    },
    ...seedStatements(basis),
    ...observedStatements(basis),
    unmetPins(basis) > 0 && {
      mark: 'differs',
      text: `That ${plural(unmetPins(basis), 'pinned source')} ${unmetPins(basis) === 1 ? 'is the one' : 'are those'} that ${unmetPins(basis) === 1 ? 'was' : 'were'} asked for`,
      evidence: findingId(basis, 'pin.unmet'),
    },
    counts.noExpectation > 0 && {
      mark: 'not-run',
      text: `That ${plural(counts.noExpectation, 'intermediate file')} are what upstream meant: no published hash`,
      evidence: 'Part 3',
    },
    reusedStatement(basis),
    ...modeStatements(basis),
    sourceStatement(basis.fileReview),
    ...beyondStatements(basis),
  ]);
}

function closureStatements(basis: Basis): (Statement | false)[] {
  const { closure } = basis;
  return [
    closure.state === 'broken' && {
      mark: 'differs',
      text: 'That only seeds and their products ran: trust closure is broken',
      evidence: findingId(
        basis,
        'closure.foreign-program',
        'closure.unknown-program',
        'closure.unaccounted-file',
      ),
    },
    closure.state === 'not-observed' && {
      mark: 'not-run',
      text: 'That only seeds and their products ran: closure was not observed',
      evidence: findingId(basis, 'observer.absent', 'observer.incomplete'),
    },
  ];
}

function seedStatements({ seeds, seedReview }: Basis): (Statement | false)[] {
  const unexplained = seedReview.bytes - seedReview.explainedBytes;
  return [
    !seeds.every(seed => seed.source?.assembles) && {
      mark: 'not-run',
      text: 'That every seed is what a commented source says',
      evidence: 'E-03',
    },
    unexplained > 0 && {
      mark: 'not-run',
      text:
        seedReview.explainedBytes === 0
          ? `What the ${plural(seedReview.bytes, 'seed byte')} do: seed not reviewed by a person`
          : `What ${unexplained} of ${plural(seedReview.bytes, 'seed byte')} do: nobody explained them`,
      evidence: 'Part 7',
    },
  ];
}

function observedStatements(basis: Basis): (Statement | false)[] {
  const { closure } = basis;
  return [
    closure.passing > 0 && {
      mark: 'not-run',
      text: `What ${plural(closure.passing, 'program')} held that one step wrote, ran and took away: not hashed`,
      evidence: findingId(basis, 'closure.passing-program', 'closure.unknown-program'),
    },
    basis.findings.some(finding => finding.code === 'step.machine-read') && {
      mark: 'differs',
      text: 'That no program read a file of the machine instead of the tree',
      evidence: findingId(basis, 'step.machine-read'),
    },
  ];
}

/** What no replay can prove. */
function beyondStatements({ machine }: Basis): (Statement | false)[] {
  return [
    {
      mark: 'not-run',
      text: 'That the kernel, processor and firmware of this machine are honest',
      evidence: 'Part 5',
    },
    machine.emulator !== undefined && {
      mark: 'not-run',
      text: `That a processor of the kind ${machine.emulator.architecture} gives the same: ${machine.emulator.name} stood in for it`,
      evidence: 'Part 5',
    },
    {
      mark: 'not-run',
      text: 'That no program asked the kernel itself for the time, random numbers or its name: not observed',
      evidence: 'E-06',
    },
    {
      mark: 'not-run',
      text: 'The time of each event: claimed by this machine, no outside witness',
      evidence: 'Part 6',
    },
  ];
}

function reusedStatement({ steps }: Basis): Statement | false {
  const reused = steps.filter(step => step.reused !== null).length;
  return (
    reused > 0 && {
      mark: 'not-run',
      text: `That ${reused} of ${plural(steps.length, 'step')} give the same when they run again: taken over from an earlier replay`,
      evidence: 'Part 12',
    }
  );
}

function sourceStatement({ files, reviewed }: Basis['fileReview']): Statement {
  const text = 'That the sources contain no fault: ';
  if (reviewed === 0)
    return { mark: 'not-run', text: `${text}no source file was reviewed`, evidence: 'E-02' };
  const share = `${reviewed.toLocaleString('en-US')} of ${plural(files, 'file')}`;
  return { mark: 'not-run', text: `${text}${share} were reviewed by a person`, evidence: 'E-12' };
}

function modeStatements({ mode, confirmation }: Basis): (Statement | false)[] {
  if (mode === 'unaided') {
    return [
      {
        mark: 'not-run',
        text: 'That each step by itself gives what it should: the chain drove itself',
        evidence: 'Part 12',
      },
    ];
  }
  if (confirmation === null) {
    return [
      {
        mark: 'not-run',
        text: 'That the chain’s own script gives the same result: no unaided replay',
        evidence: 'E-04',
      },
    ];
  }
  return [
    (confirmation.differing > 0 || confirmation.closure !== 'held') && {
      mark: 'differs',
      text: 'That the chain’s own script gives the same result',
      evidence: 'E-11',
    },
  ];
}

function artifactStatements(basis: Basis): (Statement | false)[] {
  const { counts } = basis;
  const each = (n: number, mark: Statement['mark'], rest: string, code: string): Statement | false =>
    n > 0 && { mark, text: `${plural(n, 'file')} ${rest}`, evidence: findingId(basis, code) };
  return [
    each(counts.differs, 'differs', 'with another hash than the published one', 'artifact.differs'),
    each(
      counts.waived,
      'waived',
      'with another hash than the published one, waived by a named person',
      'artifact.differs',
    ),
    each(counts.missing, 'missing', 'with a published hash that the chain did not make', 'artifact.missing'),
    each(counts.notRun, 'not-run', 'with a published hash whose step did not run', 'step.failed'),
    each(
      counts.unexpected,
      'unexpected',
      'among the results that nobody published a hash for',
      'artifact.unexpected',
    ),
    basis.findings.some(finding => finding.code === 'artifact.not-same') && {
      mark: 'differs',
      text: 'That files which must be equal are equal',
      evidence: findingId(basis, 'artifact.not-same'),
    },
  ];
}
