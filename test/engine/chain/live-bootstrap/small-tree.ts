import { sha256Of } from '../../../../main/engine/base/index.ts';
import { type DescriptionFiles, type Kit, parseKit } from '../../../../main/engine/chain/index.ts';

/** What a bundle holds: content by path, null for a folder. */
export type Tree = Record<string, string | Buffer | null>;

const ENV =
  'DISTFILES=/external/distfiles\nPREFIX=/usr\nBINDIR=${PREFIX}/bin\nPATH=${BINDIR}:/${ARCH_DIR}/bin\n';
const CONFIG = 'ARCH=x86\nARCH_DIR=x86\nCHROOT=True\nUPDATE_CHECKSUMS=False\n';
const DEFINED = 'EXTRA=True\nLAST=yes\n';
const SHELL = '#!/bin/bash\nset -e\ncd /steps\n. ./bootstrap.cfg\n. ./env\n. ./helpers.sh\n';

/** What the script-generator of the small chain is to write, by path from its root. Written by hand. */
export const GENERATED: Readonly<Record<string, string>> = {
  'steps/bootstrap.cfg': CONFIG + DEFINED,
  'steps/0.sh': `set -ex
cd /steps
${CONFIG}${DEFINED}${ENV}pkg=early-1.0
cd \${pkg}
kaem --file pass1.kaem
cd ..
pkg=early-2.0
cd \${pkg}
kaem --file pass1.kaem
cd ..
kaem --file /steps/improve/tidy.sh
pkg=bash-1.0
cd \${pkg}
kaem --file pass1.kaem
cd ..
bash /steps/1.sh
`,
  'preseed-jump.kaem': 'set -ex\nPATH=/usr/bin\nbash /steps/1.sh\n',
  'steps/1.sh': `${SHELL}. /steps/improve/forget.sh
build late-1.0 pass1.sh
build late-1.0 pass2.sh
uninstall late-1.0 /usr/bin/old
build bash-2.0 pass1.sh
bash /steps/2.sh
`,
  'steps/2.sh': `${SHELL}build late-2.0 pass1.sh\n`,
};

export const MANIFEST = `# The small chain.
build: early-1.0
define: EXTRA = ( ARCH == x86 && CHROOT == True )
build: early-2.0 ( EXTRA == True )
build: never-1.0 ( EXTRA != True )
improve: tidy # comments may follow
build: bash-1.0
improve: forget

build: late-1.0
build: late-1.0
uninstall: late-1.0 /usr/bin/old
define: LAST = yes ( NOBODY == True || ARCH == x86 )
define: NEVER = no ( NOBODY == True )
build: bash-2.0
build: late-2.0
`;

/** The hash of a text. */
export const sha = (text: string) => sha256Of(Buffer.from(text));

const CHECK = `if match x\${UPDATE_CHECKSUMS} xTrue; then
    sha256sum -o \${pkg}.\${ARCH}.checksums /usr/bin/early
else
    sha256sum -c \${pkg}.\${ARCH}.checksums
fi
`;

/** A small live-bootstrap: the same shape as upstream's, every line of it our own. */
export function smallTree(change: Tree = {}): Tree {
  const tools = ['kaem', 'catm', 'mkdir', 'cp', 'match', 'sha256sum'];
  return {
    seed: null,
    'seed/stage0': null,
    'seed/stage0/x86': null,
    'seed/stage0/x86/bin': null,
    'seed/stage0/toolbox': '\x7fELF',
    'seed/stage0/kaem-seed': '\x7fELF',
    'seed/stage0/kaem.x86': `${tools.map(name => `./toolbox make ./toolbox -o ./x86/bin/${name}\n`).join('')}./x86/bin/kaem --file ./after.kaem\n`,
    'seed/stage0/after.kaem': 'echo\n',
    'seed/after.kaem':
      'set -ex\nPATH=/x86/bin\ncatm seed-full.kaem /steps/bootstrap.cfg /steps/env seed.kaem\nkaem --file seed-full.kaem\n',
    'seed/seed.kaem': `set -ex
mkdir /usr /usr/bin /external/repo
${tools.map(name => `cp /x86/bin/${name} \${BINDIR}/${name}\n`).join('')}PATH=\${BINDIR}
cp /toolbox /script-generator
./script-generator /steps/manifest
kaem --file /steps/0.sh
`,
    generated: null,
    ...Object.fromEntries(Object.values(GENERATED).map((text, i) => [`generated/${i}`, text])),
    'generated/list': Object.keys(GENERATED)
      .map((path, i) => `/generated/${i} /${path}\n`)
      .join(''),
    steps: null,
    'steps/manifest': MANIFEST,
    'steps/env': ENV,
    'steps/helpers.sh': '',
    'steps/early-1.0': null,
    'steps/early-1.0/pass1.kaem': `set -ex\ncp \${DISTFILES}/early-1.0.tar \${BINDIR}/early\n${CHECK}`,
    'steps/early-1.0/early-1.0.x86.checksums': `${sha('early one')}  /usr/bin/early\n`,
    'steps/early-1.0/sources': `f https://example.org/early-1.0.tar ${sha('early one')}\nf https://mirror.example.org/x/early-1.0.tar ${sha('early one')}\n`,
    'steps/early-2.0': null,
    'steps/early-2.0/pass1.kaem': 'set -ex\ncp ${DISTFILES}/two ${BINDIR}/early\n',
    'steps/early-2.0/early-2.0.checksums': `${sha('early two')}  /usr/bin/early\n`,
    'steps/early-2.0/sources': `g https://example.org/git~v2 _ ${sha('early two')} two\n`,
    'steps/improve': null,
    'steps/improve/tidy.sh': 'set -ex\ncatm /tidy /steps/env\n',
    'steps/improve/forget.sh': 'LEFT=1\nunset PREFIX BINDIR\n  unset ARCH\n',
    'steps/bash-1.0': null,
    'steps/bash-1.0/pass1.kaem': 'cp /toolbox ${BINDIR}/bash\n',
    'steps/bash-2.0': null,
    'steps/late-1.0': null,
    'steps/late-2.0': null,
    'steps/late-2.0/sources': `https://example.org/late-2.0.tar.gz ${sha('late')}\n`,
    'steps/SHA256SUMS.pkgs': [
      `${sha('bash-2.0 pass1\n')}  bash-2.0_0.tar.bz2\n`,
      `${sha('gone')}  gone-1.0_0.tar.bz2\n`,
      `${sha('late-1.0 pass1\n')}  late-1.0_0.tar.bz2\n`,
      `${sha('late-1.0 pass2\n')}  late-1.0_1.tar.bz2\n`,
      `${sha('late-2.0 pass1\n')}  late-2.0_0.tar.bz2\n`,
    ].join(''),
    distfiles: null,
    'distfiles/early-1.0.tar': 'early one',
    'distfiles/two': 'early two',
    'distfiles/late-2.0.tar.gz': 'late',
    ...change,
  };
}

/** A kit for the small tree; `plan` replaces or adds lines of its table `[plan]`, `configuration` those of the chain's variables. */
export function smallToml(
  toolbox: Buffer,
  { plan = '', configuration = {} }: { plan?: string; configuration?: Record<string, string> } = {},
): string {
  const variables = {
    ARCH: 'x86',
    ARCH_DIR: 'x86',
    CHROOT: 'True',
    UPDATE_CHECKSUMS: 'False',
    ...configuration,
  };
  const seed = (name: string) =>
    `[[seed]]\nname = "${name}"\npath = "seed/stage0/${name}"\nsize = ${toolbox.length}\nsha256 = "${sha256Of(toolbox)}"\n`;
  const place = (from: string, to?: string) =>
    `[[plan.place]]\nfrom = "${from}"\n${to === undefined ? '' : `to = "${to}"\n`}`;
  return `format = 1
[kit]
id = "small-live-bootstrap"
title = "Small"
version = "1"
architecture = "amd64"
summary = "A chain of the shape of live-bootstrap."
publisher = "nobody"

${seed('toolbox')}
${seed('kaem-seed')}
[plan]
reader = "live-bootstrap"
runner = "kaem-seed"
entry = "kaem.x86"
results = ["target/usr/bin", "target/external/repo"]
${plan}
[plan.configuration]
${Object.entries(variables)
  .map(([name, value]) => `${name} = "${value}"\n`)
  .join('')}
${place('seed/stage0')}
${place('seed/after.kaem', 'after.kaem')}
${place('seed/seed.kaem', 'seed.kaem')}
${place('generated', 'generated')}
${place('steps', 'steps')}
[[plan.interpreter]]
path = "kaem-seed"
dialect = "minimal"
[[plan.interpreter]]
path = "x86/bin/kaem"
dialect = "full"
[[plan.interpreter]]
path = "usr/bin/kaem"
dialect = "full"
`;
}

/** A kit from its text. */
export function kitFrom(toml: string): Kit {
  const bytes = Buffer.from(toml);
  return { description: parseKit(bytes, 'kit.toml'), bytes, bundleFolder: null };
}

/** A tree as a reader sees it. */
export function filesOf(tree: Tree): DescriptionFiles {
  return {
    type(path) {
      const content = tree[path];
      return content === undefined ? null : content === null ? 'directory' : 'file';
    },
    read(path, limit) {
      const content = tree[path];
      if (content === undefined || content === null) throw new Error(`no file ${path}`);
      const bytes = Buffer.from(content);
      if (bytes.length > limit) throw new Error(`${path} is larger than ${limit}`);
      return bytes;
    },
  };
}
