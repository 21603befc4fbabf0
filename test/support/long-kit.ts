import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKit } from '../../main/engine/chain/index.ts';

/** Makes a folder with a kit and, in `bundle`, its sources: a chain of so many steps over so many stages, after the first tools of the embedded chain; each joins what others wrote. */
export function longKit(folder: string, steps: number, stages: number): string {
  const { bundleFolder } = loadKit('bedrock-amd64');
  mkdirSync(folder);
  cpSync(bundleFolder ?? '', join(folder, 'bundle'), { recursive: true });
  const whole = readFileSync(join(bundleFolder ?? '', '../kit.toml'), 'utf8');
  const head = whole.slice(0, whole.indexOf('[[plan.step]]\nid = "hex2-join"'));
  const stageNames = Array.from(
    { length: stages },
    (_, i) => `[[plan.stage]]\nid = "p${i}"\ntitle = "Package ${i}"\n`,
  );
  const plan = Array.from({ length: steps }, (_, i) => {
    const inputs = ['src/elf.hex1', ...(i % 10 === 0 ? [] : [`tmp/made-${i - 1}`])];
    const argv = JSON.stringify(['bin/cat', `tmp/made-${i}`, ...inputs]);
    return `[[plan.step]]\nid = "s${i}"\nstage = "p${Math.floor((i * stages) / steps)}"\ntitle = "Step ${i}"\nargv = ${argv}\ninputs = ${JSON.stringify(inputs)}\noutputs = ["tmp/made-${i}"]\ntimeout = 30\n`;
  });
  const expectations = Array.from(
    { length: steps },
    (_, i) => `[[expectation]]\npath = "tmp/made-${i}"\nsha256 = "${'0'.repeat(64)}"\n`,
  );
  writeFileSync(join(folder, 'kit.toml'), [head, ...stageNames, ...plan, ...expectations].join('\n'));
  return folder;
}
