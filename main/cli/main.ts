/** The `assay` command: parses arguments, calls the engine, prints. */
import { Command, CommanderError } from 'commander';
import { type AssayError, assayIdentity, inputError } from '../engine/index.ts';
import { auditCommand } from './commands/audit.ts';
import { bundleCommand } from './commands/bundle.ts';
import { caseCommands } from './commands/case.ts';
import { compareCommand } from './commands/compare.ts';
import { diffCommand } from './commands/diff.ts';
import { doctorCommand } from './commands/doctor.ts';
import { expectCommand } from './commands/expect.ts';
import { findingCommands } from './commands/finding.ts';
import { imageCommand } from './commands/image.ts';
import { kitsCommand } from './commands/kits.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommands } from './commands/report.ts';
import { seedCommand } from './commands/seed.ts';
import { statusCommand } from './commands/status.ts';
import { undoCommand } from './commands/undo.ts';
import { verifyCommand } from './commands/verify.ts';
import { errorDocumentOf, errorLine, exitStatus } from './output.ts';

const EXIT_STATUSES = `
Exit status: 0 done and the verdict is good; 1 done and the verdict is not (differs, missing, closure broken,
signature bad); 2 the input or the usage is wrong; 3 this machine lacks something; 130 interrupted.`;

const program = new Command('assay')
  .description(
    'Audits how software is bootstrapped: from the binary seed, through the replayed chain, to a signed report.',
  )
  .version(assayIdentity().version)
  .option('--debug', 'add the stack to an error')
  // Where a command has commands of its own, options belong to the one they stand behind.
  .enablePositionalOptions()
  .addHelpText('after', EXIT_STATUSES)
  .exitOverride()
  .configureOutput({ outputError: () => {} });

for (const add of [
  auditCommand,
  verifyCommand,
  compareCommand,
  diffCommand,
  doctorCommand,
  kitsCommand,
  caseCommands,
  bundleCommand,
  seedCommand,
  undoCommand,
  expectCommand,
  replayCommand,
  statusCommand,
  imageCommand,
  findingCommands,
  reportCommands,
])
  add(program);
for (const command of allCommands(program))
  command
    .option('--json', 'print one JSON document')
    .option('--debug', 'add the stack to an error')
    .exitOverride()
    .configureOutput({ outputError: () => {} });

function allCommands(parent: Command): Command[] {
  return parent.commands.flatMap(command => {
    const takesArguments = command.commands.length === 0 || command.registeredArguments.length > 0;
    return [...(takesArguments ? [command] : []), ...allCommands(command)];
  });
}

function fail(error: unknown): void {
  const json = process.argv.includes('--json');
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  if (json) process.stdout.write(`${JSON.stringify(errorDocumentOf(error), null, 2)}\n`);
  process.stderr.write(`${errorLine(error)}\n`);
  if (process.argv.includes('--debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = exitStatus(error);
}

/** Help and version are no errors; everything else that commander says is a wrong usage. */
function usageError(error: CommanderError): AssayError | null {
  if (error.exitCode === 0 || error.code === 'commander.help') return null;
  return inputError('usage.wrong', error.message.replace(/^error: /, ''), undefined, 'See: assay --help');
}

// A reader that goes away, as `assay … | head` does, is no fault of the command.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) fail(error);
  else {
    const usage = usageError(error);
    if (usage) fail(usage);
    else process.exitCode = error.code === 'commander.help' ? 2 : 0;
  }
}
