import { useState } from 'react';
import type { DiffDocument, DifferencePart } from '../../../main/contract/documents/difference.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemText } from '../../parts/ProblemText.tsx';
import { ExplanationTree } from './ExplanationTree.tsx';
import type { Asked } from './use-difference.ts';

interface ExplanationPaneProps {
  readonly explained: Asked<DiffDocument>;
  readonly onShow: (part: DifferencePart) => void;
}

/** What the difference is about, beside the bytes. */
export function ExplanationPane({ explained: { value, problem }, onShow }: ExplanationPaneProps) {
  const [selected, select] = useState<DifferencePart | null>(null);
  return (
    <section className="diff-about" aria-label="What the difference is about">
      {problem && <ProblemText problem={problem} />}
      {!value && !problem && <p className="pane-none t2">Looking what it is about…</p>}
      {value?.explanation && (
        <ExplanationTree
          explanation={value.explanation}
          onShow={onShow}
          selected={selected ?? value.explanation}
          onSelect={select}
        />
      )}
      {value && (
        <p className="diff-note t3">
          What bytes look like suggests a cause and proves none.
          {value.noDiffoscope && ` ${sentence(value.noDiffoscope)}.`}
        </p>
      )}
      {value?.diffoscope && (
        <details className="diff-outside">
          <summary>
            diffoscope {value.diffoscope.version} says{value.diffoscope.cut && ' (cut)'}
          </summary>
          <pre className="selectable">
            {value.diffoscope.text.split('\n').map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
              <div key={i}>
                <Inert text={line} />
              </div>
            ))}
          </pre>
        </details>
      )}
    </section>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
