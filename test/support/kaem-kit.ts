import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../main/engine/base/index.ts';
import { copyKit } from './assay.ts';

/**
 * Copies the embedded kit so that its plan is the chain's own script and the script's runner is a second seed; then the chain can
 * drive itself. `change` is applied to the script.
 */
export function copyKaemKit(folder: string, change: (script: string) => string = script => script): string {
  const kit = copyKit(folder, text => {
    const [head = '', ...rest] = text.split(/^\[plan\]$/m);
    return [
      `${head}${PLAN}`,
      ...rest
        .join('')
        .split(/^\[\[expectation\]\]$/m)
        .slice(1),
    ].join('\n[[expectation]]');
  });
  const bundle = join(kit, 'bundle');
  for (const name of ['bin', 'tmp']) mkdirSync(join(bundle, name));
  const script = join(bundle, 'bedrock.kaem');
  writeFileSync(script, change(readFileSync(script, 'utf8')));
  const seed = readFileSync(join(bundle, 'seed', 'kaem-seed'));
  const toml = join(kit, 'kit.toml');
  writeFileSync(toml, readFileSync(toml, 'utf8').replace('[plan]\n', `${seedTable(seed)}\n[plan]\n`));
  return kit;
}

const PLAN = `[plan]
reader = "kaem"
runner = "seed/kaem-seed"
entry = "bedrock.kaem"
results = ["bin"]

[[plan.interpreter]]
path = "seed/kaem-seed"
dialect = "minimal"
`;

function seedTable(seed: Uint8Array): string {
  return `[[seed]]
name = "kaem-seed"
path = "seed/kaem-seed"
size = ${seed.length}
sha256 = "${sha256Of(seed)}"
source = "src/kaem.hex0"
syntax = "hex0"
`;
}
