import type { Report } from './model.ts';

/** What has to be trusted, most basic first. */
export function trustedBase(machine: Report['machine'], signers: Report['signers']): string[] {
  const { runtime, observer, emulator, node, assay } = machine;
  const watcher = observer ? ` and ${observer.name} ${observer.version}` : '';
  return [
    `The processor (${machine.processor}), its firmware and the kernel (${machine.kernel}) of one machine, which ran every program.`,
    ...(emulator
      ? [
          `${emulator.name} ${emulator.version}, which stood in for a processor of the kind ${emulator.architecture}: no such processor ran the chain's programs.`,
        ]
      : []),
    `${runtime.name} ${runtime.version}${watcher}, which kept the programs apart${observer ? ' and watched them' : '; nobody watched them'}.`,
    `Node ${node.version} and Assay ${assay.version}, which hashed the files and compared the hashes; their own hashes are in machine.json.`,
    signers.length > 0
      ? 'That the keys below belong to the people named beside them.'
      : 'Nobody has signed: anyone could have made this page.',
  ];
}
