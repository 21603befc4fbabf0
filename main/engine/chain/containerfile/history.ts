import type { PlanImage } from '../plan.ts';
import type { Copy } from './copy.ts';
import type { Stage } from './stage.ts';

/**
 * What BuildKit writes into an image's history for each instruction (moby/buildkit,
 * frontend/dockerfile/dockerfile2llb/convert.go). An entry without a root makes no layer.
 */
type Entry = PlanImage['history'][number];

export function envEntry(pairs: readonly (readonly [string, string])[]): Entry {
  return plain(`ENV ${pairs.map(([name, value]) => `${name}=${value}`).join(' ')}`);
}

export function argEntry(all: readonly (readonly [string, string | undefined])[]): Entry {
  return plain(
    `ARG ${all.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join(' ')}`,
  );
}

export function shellEntry(words: readonly string[]): Entry {
  return plain(`SHELL [${words.join(' ')}]`);
}

/** `step` made the folder; null for the root, which is there. */
export function workdirEntry(stage: Stage, path: string, step: number | null): Entry {
  const createdBy = `WORKDIR ${path}`;
  return step === null ? plain(createdBy) : { createdBy, root: stage.root, steps: [step] };
}

export function copyEntry(stage: Stage, copy: Copy, steps: readonly number[]): Entry {
  const words = [
    copy.isAdd ? 'ADD' : 'COPY',
    ...(copy.chmod === null ? [] : [`--chmod=${copy.chmod}`]),
    ...copy.sources,
    ...copy.heredocs.map(({ name }) => `<<${name}`),
    copy.to,
  ];
  return { createdBy: `${words.join(' ')} # buildkit`, root: stage.root, steps: [...steps] };
}

/** Build arguments that the stage declared stand before the command, as many as there are. */
export function runEntry(stage: Stage, argv: readonly string[], steps: readonly number[]): Entry {
  const given = [...stage.arguments].map(([name, value]) => {
    const set = stage.environment.find(each => each[0] === name)?.[1];
    return `${name}=${set ?? value ?? ''}`;
  });
  const words = [...(given.length > 0 ? [`|${given.length}`, ...given] : []), ...argv];
  return { createdBy: `RUN ${words.join(' ')} # buildkit`, root: stage.root, steps: [...steps] };
}

function plain(createdBy: string): Entry {
  return { createdBy, root: null, steps: [] };
}
