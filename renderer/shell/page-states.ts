import type { CaseSummary, Output } from '../../main/contract/requests/index.ts';
import { fractionOf, type Task } from '../engine/index.ts';
import type { PageId } from '../location.ts';
import { counted, number } from '../parts/format.ts';
import type { MarkName } from '../parts/Mark.tsx';
import { needsChain } from './chain-pages.ts';

/** The line under a page's name, and its mark where there is one to set. */
export interface PageState {
  readonly line: string;
  readonly mark: MarkName | null;
  /** The mark in words, for the page's accessible name. */
  readonly says: string | null;
}

/** What the frame knows of the open case. Undefined is what the engine has not answered yet. */
export interface Known {
  readonly summary: CaseSummary;
  readonly overview: Output<'case.overview'> | undefined;
  readonly coverage: Output<'seed.coverage'> | undefined;
}

const STATES: Record<PageId, (known: Known) => PageState> = {
  overview: ({ summary, overview }) => {
    if (summary.broken) return { line: 'Log broken', mark: 'failed', says: 'broken' };
    if (!overview) return { line: counted(summary.events, 'event'), mark: null, says: null };
    const blocks = overview.open.length;
    return blocks > 0
      ? { line: `${counted(blocks, 'thing blocks', 'things block')} sign-off`, mark: null, says: null }
      : { line: 'Nothing blocks sign-off', mark: 'done', says: 'done' };
  },
  bundle: ({ summary: { bundle }, overview }) => {
    if (!bundle) return { line: 'Nothing imported', mark: 'notrun', says: 'open' };
    const reviewed = overview?.fileReview?.reviewed;
    const files = counted(bundle.files, 'file');
    if (reviewed === undefined) return { line: files, mark: null, says: null };
    return reviewed < bundle.files
      ? { line: `${files} · ${number(reviewed)} reviewed`, mark: 'notrun', says: 'open' }
      : { line: `${files}, all reviewed`, mark: 'done', says: 'done' };
  },
  seed: ({ summary: { seeds, bundle, kit }, coverage }) => {
    if (seeds.length === 0) {
      const line = kit === null ? 'None chosen' : bundle ? 'None found' : 'Needs a bundle';
      return { line, mark: 'notrun', says: 'open' };
    }
    const size = seeds.reduce((sum, seed) => sum + seed.size, 0);
    const wrong = seeds.filter(seed => seed.matches === false).length;
    if (wrong > 0)
      return { line: `${number(wrong)} of ${number(seeds.length)} differ`, mark: 'differs', says: 'differs' };
    if (!coverage || coverage.seeds.length === 0)
      return { line: `${counted(seeds.length, 'seed')}, ${counted(size, 'byte')}`, mark: null, says: null };
    const explained = coverage.seeds.reduce((sum, seed) => sum + seed.explained, 0);
    const all = explained >= size;
    return {
      line: all
        ? `All ${number(size)} bytes explained`
        : `${number(explained)} of ${number(size)} bytes explained`,
      mark: all ? 'done' : 'notrun',
      says: all ? 'done' : 'open',
    };
  },
  chain: ({ summary: { replay, bundle } }) => {
    if (!replay) return { line: bundle ? 'Not run' : 'Needs a bundle', mark: 'notrun', says: 'not run' };
    const name = `Replay ${replay.number}`;
    if (replay.outcome === 'failed')
      return { line: `${name} stopped, step ${replay.done + 1}`, mark: 'failed', says: 'failed' };
    if (replay.outcome === 'completed')
      return { line: `${name}, ${counted(replay.steps, 'step')}`, mark: null, says: null };
    return { line: `${name}, step ${replay.done} of ${replay.steps}`, mark: 'notrun', says: 'unfinished' };
  },
  findings: ({ summary: { openFindings } }) =>
    openFindings > 0
      ? { line: `${number(openFindings)} open`, mark: 'blocks', says: 'open' }
      : { line: 'None open', mark: null, says: null },
  compare: () => ({ line: 'Other reports', mark: null, says: null }),
  report: ({ summary: { reports } }) =>
    reports > 0
      ? { line: `${number(reports)} sealed`, mark: 'done', says: 'done' }
      : { line: 'Not sealed', mark: 'notrun', says: 'open' },
};

/** What the frame says of a page. */
export function pageState(page: PageId, known: Known): PageState {
  if (needsChain(page, known.summary)) return { line: 'No chain', mark: null, says: null };
  return STATES[page](known);
}

/** What the frame says of a page that is at work. */
export function runningState(task: Task): PageState {
  const { progress, title } = task;
  const fraction = fractionOf(task);
  const line =
    progress?.unit === 'steps' && progress.total !== undefined
      ? `${title}, step ${Math.min(progress.done + 1, progress.total)} of ${progress.total}`
      : fraction === null
        ? `${title} runs`
        : `${title}, ${Math.floor(fraction * 100)} %`;
  return { line, mark: 'running', says: 'running' };
}

/** The verdict of the case as the title bar shows it. */
export function caseVerdict(summary: CaseSummary): { readonly mark: MarkName; readonly words: string } {
  if (summary.broken) return { mark: 'failed', words: 'Log broken' };
  if (summary.verdict === 'reproduced') {
    return summary.reports > 0
      ? { mark: 'reproduced', words: 'Reproduced' }
      : { mark: 'blocks', words: 'Reproduced, not sealed' };
  }
  if (summary.verdict === 'not-reproduced' && summary.replay?.outcome === 'completed')
    return { mark: 'differs', words: 'Not reproduced' };
  if (summary.bundle) return { mark: 'blocks', words: 'Not proved yet' };
  return { mark: 'blocks', words: summary.kit ? 'Nothing imported yet' : 'Binaries by themselves' };
}
