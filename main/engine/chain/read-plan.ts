import { readContainerfile } from './containerfile/index.ts';
import { type DescriptionFiles, readKaem } from './kaem/index.ts';
import { readLiveBootstrap } from './live-bootstrap/index.ts';
import type { Kit } from './load.ts';
import type { Plan } from './plan.ts';
import { readSteps } from './steps-reader.ts';

/**
 * The plan of a chain, by the reader that its kit names. The same kit and the same files of the bundle give the same plan. Throws
 * `plan.*`, `kaem.*`, `containerfile.*` or `live-bootstrap.*` with file and line.
 */
export function readPlan(kit: Kit, files: DescriptionFiles): Plan {
  const plan = planOf(kit, files);
  const nars = kit.description.expectation.flatMap(each =>
    each['nar-sha256'] === undefined ? [] : [each.path],
  );
  return nars.length > 0 ? { ...plan, nars: [...new Set(nars)] } : plan;
}

function planOf(kit: Kit, files: DescriptionFiles): Plan {
  const { plan } = kit.description;
  if (plan.reader === 'containerfile') return readContainerfile(plan, files);
  if (plan.reader === 'live-bootstrap') return readLiveBootstrap(plan, files).plan;
  return plan.reader === 'kaem' ? readKaem(plan, files) : readSteps(kit);
}
