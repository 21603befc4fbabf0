import type { Command } from 'commander';
import type { DoctorDocument } from '../../contract/documents.ts';
import { assayIdentity, probeForeign, probeObserver, probeRuntimes } from '../../engine/index.ts';
import type { CommonOptions } from '../common.ts';
import { findProgram } from '../independent.ts';
import { makeOutput } from '../output.ts';

/** `assay doctor`: what this machine can do, as tried. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('try what this machine can do')
    .action(async (options: CommonOptions) => {
      const document = await examine();
      makeOutput(options.json ?? false).result(document, () =>
        [
          ...document.checks.map(
            check =>
              `${check.ok ? 'ok  ' : 'no  '} ${check.name}: ${check.detail}${check.cure ? `\n     ${check.cure}` : ''}`,
          ),
          document.ready
            ? '\nA replay with an observer can run here.'
            : '\nA replay with an observer cannot run here yet.',
        ].join('\n'),
      );
      process.exitCode = document.ready ? 0 : 3;
    });
}

async function examine(): Promise<DoctorDocument> {
  const runtimes = await probeRuntimes();
  const observer = await probeObserver();
  const probes = [...runtimes, observer, ...(await probeForeign())].map(probe => ({
    name: probe.name,
    ok: probe.usable,
    detail:
      probe.problem ??
      `${probe.tool?.version ?? ''}${probe.weaker ? ', keeps programs apart less well' : ''}, tried`,
    cure: probe.cure,
  }));
  const { version, sha256 } = assayIdentity();
  const tools = ['ssh-keygen', 'sha256sum'].map(name => {
    const path = findProgram(name);
    return {
      name,
      ok: path !== null,
      detail: path ?? 'not on this machine; reports are checked by Assay alone',
      cure: path ? null : 'apt-get install openssh-client coreutils',
    };
  });
  return {
    ready: runtimes.some(probe => probe.usable) && observer.usable,
    checks: [
      { name: 'assay', ok: true, detail: `${version}, sha256 ${sha256}`, cure: null },
      { name: 'node', ok: true, detail: process.version, cure: null },
      ...probes,
      ...tools,
    ],
  };
}
