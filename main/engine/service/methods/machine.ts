import { assayIdentity } from '../../base/index.ts';
import { embeddedKits, loadKit } from '../../chain/index.ts';
import { probeObserver, probeRuntimes } from '../../replay/index.ts';
import type { Handlers } from '../handler.ts';
import { measureOwnNetwork } from '../network.ts';

/** Methods about this machine and what comes with Assay. */
export const machineHandlers: Handlers<'machine.describe' | 'machine.network' | 'kits.list'> = {
  async 'machine.describe'() {
    const runtimes = await probeRuntimes();
    const observer = await probeObserver();
    return {
      assay: assayIdentity().version,
      node: process.versions.node,
      runtimes: runtimes.map(probe => ({
        name: probe.name,
        works: probe.usable,
        weaker: probe.weaker,
        version: probe.tool?.version ?? null,
        problem: probe.problem,
        cure: probe.cure,
      })),
      observer: {
        works: observer.usable,
        version: observer.tool?.version ?? null,
        problem: observer.problem,
        cure: observer.cure,
      },
    };
  },
  'machine.network': () => measureOwnNetwork(),
  'kits.list': () =>
    embeddedKits().map(id => {
      const { description, bundleFolder } = loadKit(id);
      const { title, version, architecture, summary, publisher } = description.kit;
      return { id, title, version, architecture, summary, publisher, bringsBundle: bundleFolder !== null };
    }),
};
