import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Of, sha256OfFile } from '../../../main/engine/base/index.ts';
import {
  chooseObserver,
  chooseRuntimeFor,
  describeMachine,
  probeForeign,
} from '../../../main/engine/replay/index.ts';
import { FOREIGN_ARCHITECTURES, foreignExitProgram } from '../../../main/engine/replay/probe-programs.ts';
import { trustedBase } from '../../../main/engine/report/trusted-base.ts';
import { withCode } from '../../support/errors.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { lacking, play, toolStep } from './stand.ts';

const probes = new Map((await probeForeign()).map(probe => [probe.name, probe]));
const QEMU = '/usr/bin/qemu-aarch64-static';

for (const architecture of FOREIGN_ARCHITECTURES) {
  const probe = probes.get(`qemu-${architecture}`);
  const skip = lacking || (probe?.usable ? false : `${probe?.problem} (${probe?.cure})`);

  test(`${architecture}: programs run, the children of others too, and are seen as themselves`, {
    skip,
  }, async () => {
    const runtime = await chooseRuntimeFor(architecture);
    const observer = await chooseObserver(runtime);
    const program = foreignExitProgram(architecture);
    const steps = [
      toolStep(1, [], { argv: ['/there/exit', 'a'], program: 'there/exit' } as never),
      toolStep(2, ['strict', 'there/exit']),
    ];
    const { outcome, records } = await play(
      steps,
      { 'there/exit': { content: program, mode: 0o755 } },
      { runtime, observer },
    );
    assert.equal(outcome.outcome, 'completed');
    const ran = records.map(record => record.observation?.programs.map(({ path, sha256 }) => [path, sha256]));
    const self = ['/there/exit', sha256Of(program)];
    assert.deepEqual([ran[0], ran[1]?.[1]], [[self], self]);
    assert.deepEqual(
      records.map(record => record.observation?.notUnderstood),
      [0, 0],
    );
  });

  test(`${architecture}: what stood in for the processor is named with its hash`, { skip }, async () => {
    const machine = await describeMachine(await chooseRuntimeFor(architecture), null);
    assert.equal(machine.emulator?.architecture, architecture);
    assert.equal(machine.emulator.sha256, probe?.tool?.sha256);
    assert.match(trustedBase(machine, []).join('\n'), new RegExp(`qemu-${architecture} .* stood in`));
  });
}

test('programs of this machine need nobody to stand in', { skip: lacking }, async () => {
  for (const architecture of ['x86', 'amd64'] as const) {
    assert.equal((await chooseRuntimeFor(architecture)).emulator, undefined);
  }
});

test('an architecture without an emulator is refused', { skip: lacking }, async () => {
  await assert.rejects(chooseRuntimeFor('riscv32'), withCode('foreign.unknown-architecture'));
});

/** What choosing says where the files of this machine are hidden or put in place by a line of shell. */
function chooseWhere(setting: string): { code?: string; registered?: string; sha256?: string } {
  const index = JSON.stringify(join(import.meta.dirname, '../../../main/engine/replay/index.ts'));
  const script = `const { chooseRuntimeFor } = await import(${index});
    const said = await chooseRuntimeFor('aarch64').then(
      ({ emulator }) => ({ registered: emulator?.registered, sha256: emulator?.tool.sha256 }),
      ({ code }) => ({ code }));
    console.log(JSON.stringify(said));`;
  const shell = `${setting}\nexec "$0" --input-type=module -e "$1"`;
  const run = spawnSync(
    'unshare',
    ['--map-root-user', '--mount', '--', 'sh', '-ec', shell, process.execPath, script],
    { encoding: 'utf8' },
  );
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

const usable = probes.get('qemu-aarch64')?.usable && probes.get('qemu-aarch64')?.tool?.path === QEMU;
const skip = lacking || (usable ? false : 'no qemu-aarch64-static that works here');

test('without an emulator nothing is started', { skip }, () => {
  assert.deepEqual(chooseWhere(`mount --bind /dev/null ${QEMU}`), { code: 'foreign.no-emulator' });
});

test('an emulator that does not run the program is refused', { skip }, () => {
  assert.deepEqual(chooseWhere(`mount --bind /bin/false ${QEMU}`), { code: 'foreign.unusable' });
});

test('what the machine was told before is used where there is nothing else', { skip }, () => {
  const copy = join(temporaryFolder(), 'qemu-aarch64-elsewhere');
  copyFileSync(QEMU, copy);
  const line = String.raw`:other:M::\x7f\x45\x4c\x46\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00::${copy}:F`;
  const setting = `mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
    printf %s '${line}' > /proc/sys/fs/binfmt_misc/register
    mount --bind /dev/null ${QEMU}`;
  assert.deepEqual(chooseWhere(setting), { registered: 'machine', sha256: sha256OfFile(QEMU).sha256 });
});
