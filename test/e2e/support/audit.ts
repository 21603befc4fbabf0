import { join } from 'node:path';
import type { Output } from '../../../main/contract/requests/index.ts';
import type { TestWindow } from './window.ts';

/** Makes a case through the bridge as a person does: chooses where it lies, names it. */
export async function createCase(window: TestWindow, name: string): Promise<Output<'case.create'>> {
  const path = join(window.home, 'Documents', name);
  await window.choose(path);
  const chosen = await window.desktop('choose.new-case', { name });
  return window.ask('case.create', { location: chosen?.grant ?? '', name, kit: 'bedrock-amd64', by: 'Ada' });
}

/** A whole audit over the bridge, from a new case to a report that was read back and checked. */
export async function wholeAudit(
  window: TestWindow,
  name: string,
  observe: boolean,
): Promise<{ readonly report: string; readonly verified: Output<'report.verify'> }> {
  await createCase(window, name);
  await window.ask('bundle.import', { locations: [] }, 'import');
  const replay = await window.ask('replay.run', { observe }, 'replay');
  if (replay.outcome !== 'completed') throw new Error(`the replay failed: ${replay.failure?.reason}`);
  const report = join(window.home, 'Documents', `${name}.assay.tar`);
  await window.choose(report);
  const target = await window.desktop('choose.target', { name: `${name}.assay.tar` });
  await window.ask('report.export', { location: target?.grant ?? '' }, 'export');
  const [chosen] = await window.desktop('choose.reports', { several: false });
  return { report, verified: await window.ask('report.verify', { location: chosen?.grant ?? '' }) };
}
