import { Button } from '@blueprintjs/core';
import { dismissProblem, problems, useStore } from '../engine/index.ts';
import { ProblemPanel } from '../parts/ProblemPanel.tsx';

/** What went wrong and was not dismissed: the newest in full, the others by number. */
export function Problems() {
  const all = useStore(problems);
  const [newest, ...older] = all;
  if (!newest) return null;
  return (
    <div className="problems">
      <ProblemPanel
        key={newest.key}
        title={newest.title}
        problem={newest.problem}
        fix={
          newest.fix && {
            title: newest.fix.title,
            run: () => {
              dismissProblem(newest.key);
              newest.fix?.run();
            },
          }
        }
        onDismiss={() => dismissProblem(newest.key)}
      />
      {older.length > 0 && (
        <div className="problems-more">
          <span className="t2">{older.length} earlier</span>
          <Button size="small" variant="minimal" onClick={() => problems.set([])}>
            Dismiss all
          </Button>
        </div>
      )}
    </div>
  );
}
