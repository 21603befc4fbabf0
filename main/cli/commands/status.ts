import { type Command, Option } from 'commander';
import type { GraphDocument, LineageDocument, StatusDocument } from '../../contract/documents.ts';
import {
  type Case,
  figureInCase,
  inputError,
  type Judgement,
  judgeCase,
  lineageDot,
  lineageInCase,
  openBlindReviews,
  openCase,
  overviewOf,
  replayStatus,
  seedReviewIn,
  whoLooks,
} from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { cameToBeText } from '../lineage-text.ts';
import { openToLook, withLooker } from '../looking.ts';
import { makeOutput } from '../output.ts';
import { findingRow, statusText } from '../summary.ts';

/** `assay status CASE`: how far a case has come and what its verdict is so far. */
export function statusCommand(program: Command): void {
  withLooker(program.command('status'))
    .description('say how far a case has come')
    .argument('<case>', 'folder of the case')
    .option('--lineage <path>', 'say how a file came to be, back to the seeds')
    .option('--dot', 'with --lineage: as a graph for Graphviz')
    .addOption(
      new Option('--graph <format>', 'print the chain as a figure, or whole for Graphviz').choices([
        'svg',
        'dot',
      ]),
    )
    .option(
      '--expand <stages>',
      'with --graph svg: stages that show every file: all, or their ids with commas',
    )
    .action((folder: string, options: StatusOptions) => {
      if (options.lineage !== undefined) {
        using looked = openToLook(folder, options);
        printLineage(looked, options.lineage, options);
        return;
      }
      using theCase = openCase(folder, {
        readonly: true,
        ...(options.by !== undefined && { by: options.by }),
      });
      if (options.graph !== undefined) {
        printGraph(theCase, options.graph, options);
        return;
      }
      const judgement = theCase.log.broken ? null : judgeCase(theCase);
      const document = statusDocumentOf(theCase, judgement);
      makeOutput(options.json ?? false).result(document, () => statusText(document));
      process.exitCode = document.log.broken || document.verdict === 'not-reproduced' ? 1 : 0;
    });
}

interface StatusOptions extends CommonOptions {
  readonly by?: string;
  readonly lineage?: string;
  readonly dot?: boolean;
  readonly graph?: 'svg' | 'dot';
  readonly expand?: string;
}

function printGraph(theCase: Case, format: 'svg' | 'dot', { expand, json }: StatusOptions): void {
  const { graph, text } = figureInCase(theCase);
  const expanded = expand === undefined || expand === 'all' ? expand : new Set(expand.split(','));
  const document: GraphDocument = {
    lanes: graph.lanes.map(({ id, title }) => ({ id, title })),
    nodes: graph.nodes.map(({ id, lane, kind, name, step, sign }) => ({ id, lane, kind, name, step, sign })),
    edges: [...graph.edges],
    folded: graph.folded,
  };
  makeOutput(json ?? false).result(document, () => text(format, expanded).trimEnd());
}

function printLineage(theCase: Case, path: string, options: StatusOptions): void {
  const found = lineageInCase(theCase, path);
  if (!found)
    throw inputError('lineage.no-file', 'neither a step nor the bundle has such a file', { entry: path });
  const { lineage, cameToBe, file } = found;
  const { steps, programs, artifacts, sources, seeds, strangers, spine } = cameToBe;
  const document: LineageDocument = {
    target: lineage.target,
    nodes: lineage.nodes.map(node => {
      const { verdict, reviewers } = file(node);
      return { ...node, verdict, reviewers: [...reviewers] };
    }),
    edges: [...lineage.edges],
    spine: spine.map(({ path, step }) => ({ path, step })),
    ...{ steps, programs, artifacts, strangers: [...strangers] },
    sources: { ...sources, notReviewed: [...sources.notReviewed] },
    seeds: [...seeds],
  };
  makeOutput(options.json ?? false).result(document, () =>
    options.dot ? lineageDot(lineage) : cameToBeText(found),
  );
}

function statusDocumentOf(theCase: Case, judgement: Judgement | null): StatusDocument {
  const { log } = theCase;
  const overview = log.broken ? null : overviewOf(theCase);
  const kit = log.last('kit-applied');
  const bundle = log.last('bundle-imported');
  const beside = log.of('file-imported');
  const blind = log.broken ? [] : openBlindReviews(theCase).map(each => ({ ...each, by: [...each.by] }));
  // Of somebody who is named what is their own is shown; of nobody there is nothing.
  const shown = whoLooks(theCase) !== null || blind.length === 0;
  const seeds = [...new Map(log.of('seed-checked').map(event => [event.name, event])).values()];
  return {
    case: theCase.folder,
    id: theCase.id,
    name: theCase.name,
    log: { ...log.head, broken: log.broken && { ...log.broken } },
    kit: kit ? { id: kit.kit, version: kit.version } : null,
    bundle: bundle
      ? { name: bundle.name, sha256: bundle.bundle.sha256, files: bundle.files, bytes: bundle.bytes }
      : null,
    beside: {
      files: beside.length,
      bytes: beside.reduce((sum, { file }) => sum + file.size, 0),
    },
    seeds: seeds.map(({ name, seed, matches, source }) => ({
      name,
      ...seed,
      matches,
      assembles: source?.assembles ?? null,
    })),
    replay: replayStatus(theCase),
    verdict: judgement?.verdict ?? null,
    artifacts: judgement?.counts ?? null,
    expectations: judgement ? sourcesOf(judgement) : [],
    closure: judgement?.closure.state ?? null,
    findings: judgement?.findings.map(findingRow) ?? [],
    seedReview: seeds.length > 0 && shown ? seedReviewIn(theCase) : null,
    blind,
    open: overview ? overview.open.map(point => ({ ...point, items: [...point.items] })) : [],
    signers: (overview?.signers ?? []).map(({ role, identity, fingerprint, as, event }) => ({
      role,
      identity,
      fingerprint,
      as,
      event,
    })),
    sealed: log.events.at(-1)?.type === 'report-sealed',
  };
}

/** How many hashes each source published, and how many of them were met. */
function sourcesOf({ artifacts }: Judgement): StatusDocument['expectations'] {
  const sources = new Map<string, StatusDocument['expectations'][number]>();
  for (const { expectations, sha256, nar } of artifacts) {
    for (const { source, origin, form, sha256: wanted } of expectations) {
      const key = `${source} ${origin.file}`;
      const { hashes, met } = sources.get(key) ?? { hashes: 0, met: 0 };
      const isMet = wanted === (form === 'nar' ? nar : sha256);
      sources.set(key, { source, name: origin.file, hashes: hashes + 1, met: met + (isMet ? 1 : 0) });
    }
  }
  return [...sources.values()];
}
