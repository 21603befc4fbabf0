// Installs what is missing on this machine and says what it cannot. Plain JavaScript without dependencies: it is
// the first thing that runs, on whatever Node npm itself runs on. Everything it prints goes to stderr.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Debian packages and the program by which each is recognised. */
const SYSTEM = [
  { program: 'bwrap', package: 'bubblewrap' },
  { program: 'strace', package: 'strace' },
  { program: 'ssh-keygen', package: 'openssh-client' },
];

function say(line) {
  process.stderr.write(`${line}\n`);
}

function lockedPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** The C library of this machine as npm names it. */
const libc = process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';

/** Whether an optional package of the lockfile is one for just this kind of machine. */
function isForHere(entry) {
  if (!entry.os && !entry.cpu) return false;
  const allows = (list, value) => !list || list.includes(value);
  return allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && allows(entry.libc, libc);
}

/** Whether node_modules holds what the lockfile says. Optional packages for other machines may be absent. */
function packagesAreThere() {
  const wanted = Object.entries(lockedPackages(join(root, 'package-lock.json')));
  const found = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  return wanted.every(([name, entry]) => {
    if (name === '' || found[name]?.version === entry.version) return true;
    return entry.optional && !found[name] && !isForHere(entry);
  });
}

function installPackages() {
  if (packagesAreThere()) return;
  say('Installing npm packages…');
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  say(
    'assay: the npm packages could not be installed (see above); with the npm registry in reach, run: npm ci',
  );
  process.exit(3);
}

function find(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function installSystemPackages() {
  const missing = SYSTEM.filter(each => !find(each.program)).map(each => each.package);
  if (missing.length === 0) return;
  const line = `apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    say(`Missing on this machine: ${missing.join(', ')}. Run once: sudo ${line}`);
    return;
  }
  say(`Installing ${missing.join(', ')}…`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = args =>
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 2, 2], env: environment }).status === 0;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (!apt(install) && !(apt(['update']) && apt(install)))
    say(`Could not install them. Run: apt-get update && ${line}`);
}

/** The Node that Assay runs on: the one from the npm registry, or this one when it is new enough. */
export function nodeForAssay() {
  const shipped = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(shipped)) return shipped;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  say(
    'assay: Node 24 or later is needed and the npm registry has none for this machine; install it and try again',
  );
  process.exit(3);
}

/** Brings the machine to where Assay can run. */
export function setUp() {
  installPackages();
  installSystemPackages();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp();
