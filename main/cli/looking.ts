import type { Command } from 'commander';
import { type Case, mustKnowWhoLooks, mustSeeAll, openCase } from '../engine/index.ts';
import { type CaseOptions, opening } from './case-options.ts';

/** A command that shows what people say of seeds. */
export function withLooker(command: Command): Command {
  return command.option('--by <name>', 'who looks, unchecked; needed while somebody reviews a seed blind');
}

/**
 * Opens a case to look at what people say of seeds. While somebody reviews a seed blind it has to be said who looks. Throws
 * `blind.who`.
 */
export function openToLook(folder: string, { by }: CaseOptions): Case {
  return checked(openCase(folder, { readonly: true, ...(by !== undefined && { by }) }), mustKnowWhoLooks);
}

/** A command that signs all of a case. */
export function withSigner(command: Command): Command {
  return command.option(
    '--by <name>',
    'who does this, unchecked; needed while somebody reviews a seed blind, who may not',
  );
}

/** Opens a case to sign it. Throws `blind.goes-on` to who reviews a seed of it blind, and `blind.who` to who may. */
export function openToSign(folder: string, options: CaseOptions): Case {
  return checked(openCase(folder, opening(options)), theCase => mustSeeAll(theCase, 'what is signed'));
}

function checked(theCase: Case, check: (theCase: Case) => void): Case {
  try {
    check(theCase);
    return theCase;
  } catch (error) {
    theCase.close();
    throw error;
  }
}
