import { Button } from '@blueprintjs/core';
import { CrossIcon, DuplicateIcon } from '@blueprintjs/icons';
import type { EngineProblem } from '../../main/contract/channel.ts';
import { attempt, desktop, type ProblemFix } from '../engine/index.ts';
import { Mark } from './Mark.tsx';
import { ProblemText, problemAsText } from './ProblemText.tsx';

interface ProblemPanelProps {
  readonly title: string;
  /** What it did not harm, or what it leaves. */
  readonly note?: string | undefined;
  readonly problem: EngineProblem;
  /** What resolves it: the primary button. */
  readonly fix?: ProblemFix | undefined;
  /** Takes it away; without it, it stays as long as its cause. */
  readonly onDismiss?: (() => void) | undefined;
}

/** An error in full. It stays until it is dismissed. */
export function ProblemPanel({ title, note, problem, fix, onDismiss }: ProblemPanelProps) {
  const copy = () =>
    void attempt('Nothing was copied', () =>
      desktop('clipboard.write', { text: problemAsText(title, problem) }),
    );
  return (
    <section className="problem" role="alert">
      <div className="problem-head">
        <span className="mark-failed">
          <Mark name="failed" size={18} />
        </span>
        <div>
          <h2>{title}</h2>
          {note && <p className="t2">{note}</p>}
        </div>
      </div>
      <ProblemText problem={problem} />
      <div className="problem-foot">
        {fix && (
          <Button size="small" intent="primary" onClick={fix.run}>
            {fix.title}
          </Button>
        )}
        <span className="grow" />
        <Button size="small" variant="minimal" icon={<DuplicateIcon />} onClick={copy}>
          Copy
        </Button>
        {onDismiss && (
          <Button size="small" variant="minimal" icon={<CrossIcon />} onClick={onDismiss}>
            Dismiss
          </Button>
        )}
      </div>
    </section>
  );
}
