import type { Output } from '../../../contract/requests/index.ts';
import type { EventOf } from '../../case/index.ts';
import { coverageIn, seedIn, seenIn } from '../../review/index.ts';
import { assembleFor } from '../../seed/index.ts';
import type { Handlers } from '../handler.ts';
import type { Session } from '../session.ts';

/** Methods about the seeds and what people say of their bytes. */
export const seedHandlers: Handlers<'seed.list' | 'seed.coverage' | 'seed.annotations' | 'seed.source'> = {
  'seed.list': (_, { session }) =>
    newestSeeds(session).map(({ name, path, seed, expected, matches, origin, source }) => ({
      name,
      path,
      seed,
      expected,
      matches,
      origin,
      source,
    })),
  'seed.coverage'(_, { session }) {
    return {
      seeds: coverageIn(session.theCase()).map(coverage => ({
        ...coverage,
        reviewers: coverage.reviewers.map(reviewer => ({ ...reviewer, ranges: [...reviewer.ranges] })),
        unexplained: [...coverage.unexplained],
        notByTwo: [...coverage.notByTwo],
        blind: [...coverage.blind],
        next: coverage.unexplained[0]?.offset ?? null,
      })),
    };
  },
  'seed.annotations': ({ seed }, { session }) => ({
    annotations: seenIn(session.theCase())
      .annotations(seed)
      .map(annotation => ({ ...annotation })),
  }),
  'seed.source': ({ seed }, { session }) => sourceOf(session, seed),
};

function newestSeeds(session: Session): EventOf<'seed-checked'>[] {
  const checked = session.theCase().log.of('seed-checked');
  return [...new Map(checked.map(event => [event.name, event])).values()];
}

function sourceOf(session: Session, sha256: string): Output<'seed.source'> {
  const { seed, source } = seedIn(session.theCase(), sha256);
  if (!source) return null;
  const { objects } = session.theCase();
  const bytes = objects.read(source.sha256);
  const { path, assembles } = source;
  const lines = assembles ? linesOf(assembleFor(objects.read(seed.sha256), bytes, source).lines) : [];
  return { path, text: bytes.toString('utf8'), assembles, lines };
}

/** Runs of bytes that one line of the source gives. */
function linesOf(lines: Uint32Array): [number, number, number][] {
  const runs: [number, number, number][] = [];
  for (const [offset, line] of lines.entries()) {
    const last = runs.at(-1);
    if (last?.[0] === line) last[2] += 1;
    else runs.push([line, offset, 1]);
  }
  return runs;
}
