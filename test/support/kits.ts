import { type DescriptionFiles, type Kit, parseKit } from '../../main/engine/chain/index.ts';

/** The smallest kit that is valid: one seed, one step. */
export const SMALL_KIT = `format = 1
[kit]
id = "small"
title = "Small"
version = "1"
architecture = "amd64"
summary = "One step."
publisher = "nobody"

[[seed]]
name = "seed"
path = "seed/seed"
size = 4
sha256 = "${'a'.repeat(64)}"

[plan]
reader = "steps"
results = ["bin"]

[[plan.stage]]
id = "one"
title = "One"

[[plan.step]]
id = "make-bin"
stage = "one"
title = "Folder"
action = "mkdir"
path = "bin"

[[plan.step]]
id = "run"
stage = "one"
title = "Run"
argv = ["seed/seed", "bin/a"]
outputs = ["bin/a"]

[[expectation]]
path = "bin/a"
sha256 = "${'b'.repeat(64)}"
`;

/** A kit from the text of its kit.toml. */
export function kitOf(text: string): Kit {
  const bytes = Buffer.from(text);
  return { description: parseKit(bytes, 'kit.toml'), bytes, bundleFolder: null };
}

/** A bundle without anything. */
export const NO_FILES: DescriptionFiles = {
  type: () => null,
  read(path) {
    throw new Error(`no file ${path}`);
  },
};
