import type { Past } from '../audit/index.ts';
import type { Session } from './session.ts';

/** What questions about the past of a replay's files are answered from; null when nothing was replayed. */
export function pastIn(session: Session, replay: number | undefined): Past | null {
  const judged = session.chain().judged(replay);
  return judged && { theCase: session.theCase(), evidence: judged.evidence, judgement: judged.judgement };
}
