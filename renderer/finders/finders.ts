import { useMemo } from 'react';
import type { CaseSummary } from '../../main/contract/requests/index.ts';
import { type Finder, type Found, useFinder } from '../commands/index.ts';
import { ask } from '../engine/index.ts';
import { go } from '../location.ts';
import { bytes, offset } from '../parts/format.ts';
import { addressOf } from './address.ts';

/** What the palette finds in the open case: files, places in the seeds, findings. */
export function useCaseFinders(summary: CaseSummary | null | undefined): void {
  const bundle = summary?.bundle?.bundle.sha256;
  const seeds = summary?.seeds;
  const replay = Boolean(summary?.replay);
  useFinder(useMemo(() => (bundle ? FILES : null), [bundle]));
  useFinder(useMemo(() => (seeds && seeds.length > 0 ? placesIn(seeds) : null), [seeds]));
  useFinder(replay ? FINDINGS : null);
}

const FILES: Finder = {
  prefix: '/',
  name: 'files',
  async find(query, limit) {
    if (query === '') return [];
    const { hits } = await ask('bundle.search', { text: query, in: 'name', limit }, { quiet: true });
    return hits.map(hit => ({
      id: hit.path,
      title: hit.path,
      detail: bytes(hit.size),
      mono: true,
      run: () => go('bundle', { path: hit.path }),
    }));
  },
};

const FINDINGS: Finder = {
  prefix: '@',
  name: 'findings',
  async find(query, limit) {
    const wanted = query.toLowerCase();
    const all = await ask('findings.list', {}, { quiet: true });
    return all
      .filter(each => `${each.id} ${each.message} ${each.where}`.toLowerCase().includes(wanted))
      .slice(0, limit)
      .map(each => ({
        id: each.id,
        title: `${each.id} ${each.message}`,
        detail: each.state,
        run: () => go('findings', { finding: each.key }),
      }));
  },
};

function placesIn(seeds: CaseSummary['seeds']): Finder {
  return {
    prefix: '#',
    name: 'bytes',
    find(query, limit): readonly Found[] {
      const at = addressOf(query);
      if (at === null) return [];
      return seeds
        .filter(seed => at < seed.size)
        .slice(0, limit)
        .map(seed => ({
          id: `${seed.name} ${at}`,
          title: `${seed.name} ${offset(at)}`,
          detail: `byte ${at + 1} of ${seed.size}`,
          mono: true,
          run: () => go('seed', { seed: seed.name, offset: at }),
        }));
    },
  };
}
