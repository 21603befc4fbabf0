import { inertText } from '../../contract/inert.ts';
import { observed } from './closure.ts';
import type { Evidence } from './evidence.ts';
import type { Draft } from './step-findings.ts';

/** What an auditor has to know of what the replay was given: the machine, the files that were pinned, the bundle. */
export function givenFindings(evidence: Evidence): Draft[] {
  return [...machineFindings(evidence), ...pinFindings(evidence), ...bundleFindings(evidence)];
}

function machineFindings(evidence: Evidence): Draft[] {
  const drafts: Draft[] = [];
  const { runtime } = evidence.machine;
  if (!observed(evidence) && evidence.records.length > 0 && evidence.machine.observer === null) {
    drafts.push({
      key: 'observer.absent',
      code: 'observer.absent',
      severity: 'high',
      message: 'no observer watched the replay: trust closure was not observed',
      where: 'replay',
    });
  }
  if (runtime.weaker) {
    drafts.push({
      key: 'runtime.weaker',
      code: 'runtime.weaker',
      severity: 'medium',
      message: `the runtime ${runtime.name} keeps programs apart less well than a container`,
      where: 'replay',
    });
  }
  if (evidence.machine.container.network !== 'none') {
    drafts.push({
      key: 'runtime.network',
      code: 'runtime.network',
      severity: 'high',
      message: 'the container was not shown to be without a network',
      where: 'replay',
    });
  }
  return drafts;
}

function pinFindings({ pins, extra }: Evidence): Draft[] {
  const drafts = pins
    .filter(({ state }) => state === 'wrong' || state === 'missing')
    .map(
      ({ path, state }): Draft => ({
        key: `pin:${path}`,
        code: 'pin.unmet',
        severity: 'high',
        message: `${inertText(path)} is pinned by hash and was ${state === 'wrong' ? 'another file' : 'missing'}`,
        where: path,
      }),
    );
  if (extra.length === 0) return drafts;
  const names = extra
    .slice(0, 3)
    .map(({ name }) => inertText(name))
    .join(', ');
  const more = extra.length > 3 ? ` and ${extra.length - 3} more` : '';
  return [
    ...drafts,
    {
      key: 'bundle.extra',
      code: 'bundle.extra',
      severity: 'note',
      message: `nobody asks for ${names}${more} beside the bundle: not in the tree that was replayed`,
      where: 'bundle',
    },
  ];
}

function bundleFindings(evidence: Evidence): Draft[] {
  if (evidence.flagged === 0) return [];
  return [
    {
      key: 'bundle.flagged',
      code: 'bundle.flagged',
      severity: 'low',
      message: `${evidence.flagged} entries of the bundle were flagged by import; the index says which and why`,
      where: 'bundle',
    },
  ];
}
