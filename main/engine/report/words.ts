import { EARLY_ENDS } from '../chain/index.ts';
import { isPublished, type Judgement } from '../verdict/index.ts';
import type { Report, Statement } from './model.ts';

/** `3 files`, `1 file`, `1,110 files`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

type Basis = Pick<
  Report,
  | 'kit'
  | 'pinned'
  | 'seeds'
  | 'seedReview'
  | 'fileReview'
  | 'mode'
  | 'confirmation'
  | 'counts'
  | 'closure'
  | 'findings'
  | 'steps'
  | 'machine'
  | 'artifacts'
> &
  Pick<Judgement, 'verdict' | 'completed'>;

function published({ artifacts }: Basis): number {
  return artifacts.filter(isPublished).length;
}

function publishedMet({ artifacts }: Basis): number {
  return artifacts.filter(each => each.verdict === 'reproduced' && isPublished(each)).length;
}

/** Files of which the reader knew the content beforehand. */
function foreseen({ artifacts }: Basis): Report['artifacts'] {
  return artifacts.filter(each => each.expectations.length > 0 && !isPublished(each));
}

function unmetPins({ pinned }: Basis): number {
  return pinned.filter(({ state }) => state === 'wrong' || state === 'missing').length;
}

/** Pins that the plan does not come to are left aside. */
function pinsThere({ pinned }: Basis): number {
  return pinned.filter(({ state }) => state !== 'left-out').length;
}

function findingId(basis: Basis, ...codes: string[]): string {
  return basis.findings.find(finding => codes.includes(finding.code))?.id ?? 'Part 4';
}

/** The verdict as a sentence. */
export function headline(basis: Basis): string {
  const { counts, closure } = basis;
  if (basis.verdict === 'reproduced') {
    if (counts.unexpected === 0) return 'Reproduced';
    return `Reproduced, with ${plural(counts.unexpected, 'file')} nobody can compare`;
  }
  if (!basis.completed) return 'Not reproduced: the replay did not reach its end';
  if (counts.differs + counts.waived > 0)
    return `Not reproduced: ${plural(counts.differs + counts.waived, 'file')} ${counts.differs + counts.waived === 1 ? 'differs' : 'differ'}`;
  if (counts.missing > 0) return `Not reproduced: ${plural(counts.missing, 'file is', 'files are')} missing`;
  if (closure.state === 'broken') return 'Not reproduced: trust closure is broken';
  if (basis.seeds.some(seed => !seed.matches)) return 'Not reproduced: a seed is not the published one';
  if (closure.state === 'not-observed') return 'Not proved: nobody observed which programs ran';
  if (published(basis) === 0) return 'Not proved: nobody published a hash to compare with';
  return 'Not reproduced';
}

/** Two or three sentences under the headline. */
export function explanation(basis: Basis): string {
  const { kit, seeds } = basis;
  const bytes = seeds.reduce((sum, seed) => sum + seed.seed.size, 0);
  const from =
    seeds.length === 1
      ? `one seed of ${plural(bytes, 'byte')}`
      : `${seeds.length} seeds of together ${plural(bytes, 'byte')}`;
  const all = published(basis);
  const met = publishedMet(basis);
  const made =
    all === 0
      ? `Nobody published a hash for a file of ${kit.title} ${kit.version}.`
      : met === all
        ? `All ${plural(all, 'published file')} of ${kit.title} ${kit.version} were rebuilt, bit for bit, from ${from}.`
        : `${met} of ${plural(all, 'published file')} of ${kit.title} ${kit.version} were rebuilt, bit for bit, from ${from}.`;
  const review = reviewSentence(basis.seedReview);
  return made + review;
}

function reviewSentence({ bytes, explainedBytes, byTwoBytes }: Basis['seedReview']): string {
  if (explainedBytes === 0)
    return ' No person has reviewed the seed: this proves the replay, not the review.';
  if (explainedBytes < bytes)
    return ` People explained ${explainedBytes.toLocaleString('en-US')} of ${plural(bytes, 'seed byte')}.`;
  const second = byTwoBytes === bytes ? ', and by a second one' : '';
  return ` Every seed byte was explained by a person${second}.`;
}

/** What was proved, each line resting on an exhibit. */
export function provedStatements(basis: Basis): Statement[] {
  const { closure, seeds } = basis;
  const made = foreseen(basis);
  const lines: (Statement | false)[] = [
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
    closure.state === 'held' && {
      mark: 'reproduced',
      text: closureStatement(closure),
      evidence: 'E-06',
    },
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
    pinsThere(basis) > 0 &&
      unmetPins(basis) === 0 && {
        mark: 'reproduced',
        text:
          pinsThere(basis) === 1
            ? 'The one pinned source is exactly the one that was asked for'
            : `All ${plural(pinsThere(basis), 'pinned source')} are exactly those that were asked for`,
        evidence: 'Part 9',
      },
    basis.confirmation !== null &&
      basis.confirmation.differing === 0 &&
      basis.confirmation.closure === 'held' && {
        mark: 'reproduced',
        text: `The chain’s own script, left alone, gives the same ${plural(basis.confirmation.agreeing, 'file')}`,
        evidence: 'E-11',
      },
    closure.state !== 'not-observed' &&
      !basis.findings.some(finding => finding.code === 'step.socket') && {
        mark: 'reproduced',
        text: 'No program tried to open a network connection',
        evidence: 'E-06',
      },
    closure.state !== 'not-observed' &&
      !basis.findings.some(finding => finding.code === 'step.machine-read') && {
        mark: 'reproduced',
        text: 'No program read a clock, random numbers or a name of this machine from a file',
        evidence: 'E-06',
      },
  ];
  return lines.filter(line => line !== false);
}

function closureStatement({ programs, scripts }: Report['closure']): string {
  const one = programs - scripts === 1;
  const subject = one ? 'The one program' : `All ${plural(programs - scripts, 'program')}`;
  const rest = scripts > 0 ? `, and ran ${plural(scripts, 'script')} of the sources` : '';
  return `${subject} that ran ${one ? 'was' : 'were'} a seed or built earlier in the same replay${rest}`;
}

/** What was not proved: what went wrong first, then what no replay can prove. */
export function notProvedStatements(basis: Basis): Statement[] {
  const { counts, closure, seeds } = basis;
  const unexplained = basis.seedReview.bytes - basis.seedReview.explainedBytes;
  const lines: (Statement | false)[] = [
    !basis.completed && {
      mark: 'not-run',
      text: 'That the chain can be replayed to its end',
      evidence: findingId(basis, 'step.failed'),
    },
    ...artifactStatements(basis),
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
    !seeds.every(seed => seed.source?.assembles) && {
      mark: 'not-run',
      text: 'That every seed is what a commented source says',
      evidence: 'E-03',
    },
    unexplained > 0 && {
      mark: 'not-run',
      text:
        basis.seedReview.explainedBytes === 0
          ? `What the ${plural(basis.seedReview.bytes, 'seed byte')} do: seed not reviewed by a person`
          : `What ${unexplained} of ${plural(basis.seedReview.bytes, 'seed byte')} do: nobody explained them`,
      evidence: 'Part 7',
    },
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
    {
      mark: 'not-run',
      text: 'That the kernel, processor and firmware of this machine are honest',
      evidence: 'Part 5',
    },
    basis.machine.emulator !== undefined && {
      mark: 'not-run',
      text: `That a processor of the kind ${basis.machine.emulator.architecture} gives the same: ${basis.machine.emulator.name} stood in for it`,
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
  return lines.filter(line => line !== false);
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

/** What has to be trusted, most basic first. */
export function trustedBase(machine: Report['machine'], signers: Report['signers']): string[] {
  const { runtime, observer, emulator, node, assay } = machine;
  const watcher = observer ? ` and ${observer.name} ${observer.version}` : '';
  return [
    `The processor (${machine.processor}), its firmware and the kernel (${machine.kernel}) of one machine, which ran every program.`,
    ...(emulator
      ? [
          `${emulator.name} ${emulator.version}, which stood in for a processor of the kind ${emulator.architecture}: no such processor ran the chain's programs.`,
        ]
      : []),
    `${runtime.name} ${runtime.version}${watcher}, which kept the programs apart${observer ? ' and watched them' : '; nobody watched them'}.`,
    `Node ${node.version} and Assay ${assay.version}, which hashed the files and compared the hashes; their own hashes are in machine.json.`,
    signers.length > 0
      ? 'That the keys below belong to the people named beside them.'
      : 'Nobody has signed: anyone could have made this page.',
  ];
}
