// Installs what is missing on this machine and says what it cannot. Plain JavaScript without dependencies: it is
// the first thing that runs, on whatever Node npm itself runs on. Everything it prints goes to stderr.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What Assay needs of the machine besides npm packages: the Debian package, and the program or library by which it is recognised. The
 * libraries are those of Electron's own program that a bare Debian lacks.
 */
const SYSTEM = {
  audit: [
    { program: 'bwrap', package: 'bubblewrap' },
    { program: 'strace', package: 'strace' },
    { program: 'ssh-keygen', package: 'openssh-client' },
  ],
  window: [
    { library: 'libgtk-3.so.0', package: 'libgtk-3-0' },
    { library: 'libnss3.so', package: 'libnss3' },
    { library: 'libasound.so.2', package: 'libasound2' },
    { library: 'libgbm.so.1', package: 'libgbm1' },
  ],
  display: [{ program: 'Xvfb', package: 'xvfb' }],
};

/** What each use of Assay needs: parts of {@link SYSTEM}, and whether the packages for development. */
const PURPOSES = {
  /** The command line. */
  audit: { system: SYSTEM.audit, development: false },
  /** Building, checking, tests without a window. */
  work: { system: SYSTEM.audit, development: true },
  /** The window on a display. */
  window: { system: [...SYSTEM.audit, ...SYSTEM.window], development: true },
  /** All tests, the window's on a display of their own. */
  test: { system: [...SYSTEM.audit, ...SYSTEM.window, ...SYSTEM.display], development: true },
};

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
function packagesAreThere(development) {
  const wanted = Object.entries(lockedPackages(join(root, 'package-lock.json')));
  const found = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  return wanted.every(([name, entry]) => {
    if (name === '' || found[name]?.version === entry.version) return true;
    if ((entry.dev || entry.devOptional) && !development) return true;
    return entry.optional && !found[name] && !isForHere(entry);
  });
}

/** Whether packages for development are there, so that an installation for the command line must not take them away. */
function hasDevelopment() {
  const found = Object.values(lockedPackages(join(root, 'node_modules', '.package-lock.json')));
  return found.some(entry => entry.dev);
}

function installPackages(development) {
  if (packagesAreThere(development)) return;
  const all = development || hasDevelopment();
  say(
    all
      ? 'Installing npm packages (about 850 MB with those for the window and the tests)…'
      : 'Installing npm packages…',
  );
  const args = ['ci', '--loglevel=error', ...(all ? [] : ['--omit=dev'])];
  const { status } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return;
  say(
    `assay: the npm packages could not be installed (see above); with the npm registry in reach, run: npm ${args.join(' ')}`,
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

/** Whether the loader of this machine knows a library. */
function hasLibrary(name) {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return stdout?.includes(`\t${name} `) ?? false;
}

function installSystemPackages(wanted) {
  const isThere = each => (each.program ? find(each.program) : hasLibrary(each.library));
  const missing = wanted.filter(each => !isThere(each)).map(each => each.package);
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

/** Brings the machine to where Assay can be used for one of {@link PURPOSES}. */
export function setUp(purpose) {
  const { system, development } = PURPOSES[purpose];
  installPackages(development);
  installSystemPackages(process.platform === 'linux' ? system : []);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp('test');
