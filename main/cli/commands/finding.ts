import type { Command } from 'commander';
import {
  appliedKit,
  attachToFinding,
  type Case,
  commentOnFinding,
  findingIn,
  findingsIn,
  inputError,
  type NamedExhibit,
  openCase,
  proposalsFrom,
  raiseFinding,
  removeExhibit,
  reopenFinding,
  resolveFinding,
  reviewIn,
  SEVERITIES,
  takeOverProposals,
  waiveFinding,
  withdrawWaiver,
} from '../../engine/index.ts';
import { commentsText } from '../bundle-text.ts';
import { BY, type CaseOptions, DATE, opening } from '../case-options.ts';
import { type CommonOptions, oneOf } from '../common.ts';
import { findingsText, proposalsText } from '../finding-text.ts';
import { makeOutput } from '../output.ts';
import { bundleOf } from './case.ts';

const CASE = ['<case>', 'folder of the case'] as const;
const NUMBER = ['<finding>', 'its number, for example F-01'] as const;

/** `assay finding`, `assay waive`: what people do about findings. */
export function findingCommands(program: Command): void {
  program
    .command('waive')
    .description('accept what a finding says, with a reason; it stays in the report')
    .argument(...CASE)
    .argument(...NUMBER)
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--by <name>', 'who accepts it')
    .option('--withdraw', 'take a waiver back')
    .option(...DATE)
    .action(waive);
  const finding = program.command('finding').description('list, raise, comment and resolve findings');
  finding
    .command('list')
    .description('list the findings with what people said of them')
    .argument(...CASE)
    .action((folder: string, options: CommonOptions) => {
      using theCase = openCase(folder, { readonly: true });
      const findings = findingsIn(theCase);
      const comments = reviewIn(theCase).comments();
      const rows = findings.map(each => ({
        ...each,
        exhibits: each.exhibits ?? [],
        comments: comments.filter(({ on }) => 'finding' in on && on.finding === each.key),
      }));
      makeOutput(options.json ?? false).result({ findings: rows }, () => findingsText(rows));
    });
  finding
    .command('comment')
    .description('comment on a finding')
    .argument(...CASE)
    .argument(...NUMBER)
    .requiredOption('--text <text>')
    .option(...BY)
    .option(...DATE)
    .action((folder: string, id: string, options: CaseOptions & { text: string }) => {
      using theCase = openCase(folder, opening(options));
      const comment = commentOnFinding(theCase, findingIn(theCase, id).key, options.text);
      makeOutput(options.json ?? false).result({ comments: [comment] }, () => commentsText([comment]));
    });
  finding
    .command('raise')
    .description('raise a finding of your own')
    .argument(...CASE)
    .requiredOption('--message <text>', 'what is wrong')
    .requiredOption('--where <place>', 'path, step or seed that it is about')
    .option('--severity <word>', SEVERITIES.join(', '), 'medium')
    .option(...BY)
    .option(...DATE)
    .action(raise);
  reasonedCommand(finding, 'resolve', 'say what settled a finding that a person raised', resolveFinding);
  reasonedCommand(finding, 'reopen', 'open a finding again that a person settled', reopenFinding);
  evidenceCommands(finding);
}

/** A command by which a person says something of a finding, with a reason. */
function reasonedCommand(
  finding: Command,
  name: string,
  description: string,
  say: (theCase: Case, key: string, reason: string) => void,
): void {
  finding
    .command(name)
    .description(description)
    .argument(...CASE)
    .argument(...NUMBER)
    .requiredOption('--reason <text>')
    .option(...BY)
    .option(...DATE)
    .action((folder: string, id: string, options: CaseOptions & { reason: string }) => {
      using theCase = openCase(folder, opening(options));
      const { key } = findingIn(theCase, id);
      say(theCase, key, options.reason);
      printFinding(theCase, key, options);
    });
}

/** Evidence laid beside findings, and what earlier audits said of them. */
function evidenceCommands(finding: Command): void {
  finding
    .command('attach')
    .description(
      'lay evidence of the case beside a finding: a step, or a file with or without a line or bytes',
    )
    .argument(...CASE)
    .argument(...NUMBER)
    .option('--step <number>', 'a step of the newest replay')
    .option('--path <path>', 'a file of the bundle, an artifact or a seed')
    .option('--line <number>', 'with --path: a line of it, from 1')
    .option('--bytes <offset:length>', 'with --path: bytes of it')
    .option(...BY)
    .option(...DATE)
    .action(attach);
  finding
    .command('proposals')
    .description('list what an earlier report or case of the same kit says of findings; take some of it over')
    .argument(...CASE)
    .requiredOption('--from <path>', 'a sealed report, or the folder of a case')
    .option('--accept <number...>', 'take these over, as your own word; the log says where they came from')
    .option(...BY)
    .option(...DATE)
    .action(proposals);
  finding
    .command('detach')
    .description('take away evidence that you laid beside a finding')
    .argument(...CASE)
    .argument('<id>', 'its id, as finding list --json has it')
    .option(...BY)
    .option(...DATE)
    .action((folder: string, id: string, options: CaseOptions) => {
      using theCase = openCase(folder, opening(options));
      const key = reviewIn(theCase)
        .attachments()
        .find(each => each.id === id)?.finding;
      removeExhibit(theCase, id);
      printFinding(theCase, key ?? '', options);
    });
}

interface ProposalOptions extends CaseOptions {
  readonly from: string;
  readonly accept?: readonly string[];
}

function proposals(folder: string, { from, accept = [], ...options }: ProposalOptions): void {
  using theCase = openCase(folder, accept.length > 0 ? opening(options) : { readonly: true });
  const found = proposalsFrom(theCase, from);
  const taken = accept.length > 0 ? takeOverProposals(theCase, found, accept.map(Number)) : 0;
  makeOutput(options.json ?? false).result({ ...found, taken }, () => proposalsText(found, taken));
}

interface AttachOptions extends CaseOptions {
  readonly step?: string;
  readonly path?: string;
  readonly line?: string;
  readonly bytes?: string;
}

async function attach(folder: string, id: string, options: AttachOptions): Promise<void> {
  using theCase = openCase(folder, opening(options));
  const { key } = findingIn(theCase, id);
  using tree = await bundleOf(theCase, appliedKit(theCase));
  attachToFinding(theCase, tree, key, namedBy(options));
  printFinding(theCase, key, options);
}

/** What the options name. */
function namedBy({ step, path, line, bytes }: AttachOptions): NamedExhibit {
  if (step !== undefined) return { step: Number(step) };
  if (path === undefined)
    throw inputError('usage.exhibit', 'name what to attach', undefined, 'Use --step or --path.');
  if (bytes === undefined) return { path, line: line === undefined ? undefined : Number(line) };
  const [offset = Number.NaN, length = Number.NaN] = bytes.split(':').map(Number);
  return { path, range: { offset, length } };
}

interface RaiseOptions extends CaseOptions {
  readonly message: string;
  readonly where: string;
  readonly severity: string;
}

function raise(folder: string, options: RaiseOptions): void {
  using theCase = openCase(folder, opening(options));
  const severity = oneOf(SEVERITIES, options.severity, 'usage.severity', 'severity');
  const { message, where } = options;
  const { key } = raiseFinding(theCase, { severity, message, where });
  printFinding(theCase, key, options);
}

function printFinding(theCase: Case, key: string, options: CommonOptions): void {
  const rows = findingsIn(theCase)
    .filter(each => each.key === key)
    .map(each => ({ ...each, exhibits: each.exhibits ?? [], comments: [] }));
  makeOutput(options.json ?? false).result({ findings: rows }, () => findingsText(rows));
}

interface WaiveOptions extends CommonOptions {
  readonly reason: string;
  readonly by: string;
  readonly withdraw?: boolean;
  readonly date?: string;
}

function waive(folder: string, id: string, options: WaiveOptions): void {
  using theCase = openCase(folder, opening(options));
  const { key, message } = findingIn(theCase, id);
  const { by, reason, withdraw = false } = options;
  if (withdraw) withdrawWaiver(theCase, key, reason);
  else waiveFinding(theCase, key, reason);
  makeOutput(options.json ?? false).result(
    { finding: id, key, by, reason, waived: !withdraw },
    () => `${id} ${withdraw ? 'is no longer waived' : `waived by ${by}`}: ${message}`,
  );
}
