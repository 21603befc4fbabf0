import { Button } from '@blueprintjs/core';
import { useState } from 'react';
import type { SeedQuestionsAnswer } from '../../../../main/contract/requests/index.ts';
import { type Command, useCommands } from '../../../commands/index.ts';
import { ask, attempt, useEngine } from '../../../engine/index.ts';
import { counted } from '../../../parts/format.ts';
import { Inert } from '../../../parts/Inert.tsx';
import type { Annotations } from '../use-annotations.ts';
import type { SeedSelection } from '../use-seed-selection.ts';
import { isAsked, nextQuestion } from './claim-questions.ts';

type Question = SeedQuestionsAnswer['questions'][number];

interface ClaimQuestionsProps {
  readonly seed: string;
  readonly selection: SeedSelection;
  readonly annotations: Annotations;
}

/**
 * Comments of the source that say something else than the instruction beside them. At first only how many: instructions are to be
 * judged before claims about them.
 */
export function ClaimQuestions({ seed, selection, annotations }: ClaimQuestionsProps) {
  const { value } = useEngine('seed.questions', { seed });
  const [shown, setShown] = useState<number | null>(null);
  const questions = value?.questions ?? [];
  const question = shown === null ? undefined : questions[shown];
  const go = (step: 1 | -1) => {
    const to = nextQuestion(questions.length, shown, step);
    const next = to === null ? undefined : questions[to];
    if (!next) return;
    setShown(to);
    selection.select(next.offset, next.offset + next.length);
  };
  const keep = (about: Question) =>
    void attempt('The question was not kept', () =>
      ask('seed.annotate', { seed, content: contentOf(about) }),
    );
  const asked = question !== undefined && isAsked(question, annotations.all, annotations.by);
  useCommands((): readonly Command[] => {
    const [group, enabled] = ['On this page' as const, questions.length > 0];
    return [
      {
        id: 'seed.claim-next',
        title: 'Next comment that says something else',
        group,
        keys: 'K',
        enabled,
        run: () => go(1),
      },
      {
        id: 'seed.claim-ask',
        title: 'Ask about this comment',
        group,
        keys: 'Shift K',
        enabled: question !== undefined && !asked,
        run: () => question && keep(question),
      },
    ];
  }, [questions, question, asked, seed]);
  if (questions.length === 0) return null;
  const count = `${counted(questions.length, 'comment')} ${questions.length === 1 ? 'says' : 'say'} something else`;
  return (
    <section className="code-foot" aria-label="Comments that say something else">
      <div className="code-claims">
        <p className="grow">
          {question && shown !== null ? `Comment ${shown + 1} of ${questions.length}` : count}
        </p>
        {question && (
          <Button size="small" variant="minimal" onClick={() => go(-1)}>
            Before
          </Button>
        )}
        <Button size="small" variant="minimal" onClick={() => go(1)}>
          {question ? 'Next' : 'Show'}
        </Button>
        {question && (
          <Button size="small" disabled={asked} onClick={() => keep(question)}>
            {asked ? 'Asked' : 'Ask'}
          </Button>
        )}
      </div>
      {question && (
        <p className="code-claim selectable">
          <Inert text={question.text} prose />.
        </p>
      )}
    </section>
  );
}

/** The question as an annotation of the bytes that it is about. */
function contentOf({ offset, length, line, text }: Question) {
  return {
    ranges: [{ offset, length }],
    kind: 'question' as const,
    label: `Line ${line} says something else than the code`,
    note: `${text}.`,
  };
}
