import { sha256Of } from '../../base/index.ts';
import { STRUCTURE_LIMIT } from '../../seed/index.ts';
import type { Handlers } from '../handler.ts';

/** Methods about the structure of binaries. */
export const structureHandlers: Handlers<'seed.structure' | 'bundle.structure'> = {
  'seed.structure': ({ seed }, { session }) => {
    const { objects } = session.theCase();
    return session.structures.of(seed, () => objects.read(seed, STRUCTURE_LIMIT));
  },
  async 'bundle.structure'({ path }, { session }) {
    const opened = await session.bundle();
    const known = opened.node(path).entry?.sha256 ?? null;
    const read = () => opened.bundle.read(path, STRUCTURE_LIMIT);
    if (known !== null) return session.structures.of(known, read);
    const bytes = read();
    return session.structures.of(sha256Of(bytes), () => bytes);
  },
};
