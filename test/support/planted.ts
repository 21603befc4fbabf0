import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../main/engine/base/index.ts';
import { assay, copyKit } from './assay.ts';

/** What the planted step writes. */
export const PLANTED = 'bin/planted';

/** A kit whose chain ends with a step that writes `bin/planted`, from `planted.in` of its bundle, and publishes the hash of this content. */
export function plantedKit(folder: string, content: Uint8Array): string {
  const step = `[[plan.step]]\nid = "planted"\nstage = "check"\ntitle = "Copy what is planted"\nargv = ["bin/cat", "${PLANTED}", "planted.in"]\n`;
  const published = `[[expectation]]\npath = "${PLANTED}"\nsize = ${content.length}\nsha256 = "${sha256Of(content)}"\n`;
  const kit = copyKit(folder, toml =>
    toml.replace('[[expectation]]', `${step}\n${published}\n[[expectation]]`),
  );
  writeFileSync(join(kit, 'bundle', 'planted.in'), content);
  return kit;
}

function run(args: readonly string[], statuses: readonly number[] = [0]): string {
  const { status, stdout, stderr } = assay(args);
  assert.ok(statuses.includes(status ?? -1), `${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

/**
 * A case with one replay for each content: the chain is the same, but for what it planted. The same content comes again only right
 * after itself: a bundle is imported once. Gives the folder of the case.
 */
export function plantedCase(folder: string, contents: readonly Uint8Array[]): string {
  mkdirSync(folder, { recursive: true });
  const theCase = join(folder, 'case');
  const [first = Buffer.alloc(0)] = contents;
  const kit = plantedKit(join(folder, 'kit'), first);
  run(['case', 'create', theCase, '--kit', kit]);
  for (const [i, content] of contents.entries()) {
    writeFileSync(join(kit, 'bundle', 'planted.in'), content);
    if (i === 0 || Buffer.compare(content, contents[i - 1] ?? content) !== 0)
      run(['import', theCase, join(kit, 'bundle')]);
    run(['replay', theCase, '--again'], [0, 1]);
  }
  return theCase;
}

/** The sealed report of an audit of the planted chain with a content. */
export function plantedReport(folder: string, content: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const kit = plantedKit(join(folder, 'kit'), content);
  const theCase = join(folder, 'case');
  const document = JSON.parse(run(['audit', '--kit', kit, '--case', theCase, '--json'], [0, 1]));
  return document.report;
}
