import { useState } from 'react';
import type {
  DifferenceAccount,
  DifferencePart,
  OutsideWords,
} from '../../../main/contract/documents/difference.ts';
import { Inert } from '../../parts/Inert.tsx';
import { ProblemText } from '../../parts/ProblemText.tsx';
import { ExplanationTree } from './ExplanationTree.tsx';
import type { Asked } from './use-difference.ts';

interface ExplanationPaneProps {
  readonly explained: Asked<DifferenceAccount>;
  readonly outside: Asked<OutsideWords>;
  readonly onShow: (part: DifferencePart) => void;
}

/** What the difference is about, beside the bytes. */
export function ExplanationPane({ explained: { value, problem }, outside, onShow }: ExplanationPaneProps) {
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
      {value && <p className="diff-note t3">What bytes look like suggests a cause and proves none.</p>}
      {value && <OutsidePart outside={outside} />}
    </section>
  );
}

/** What diffoscope says, as its words; that it says nothing, and why. */
function OutsidePart({ outside: { value, problem } }: { readonly outside: Asked<OutsideWords> }) {
  if (problem) return <ProblemText problem={problem} />;
  if (!value) return <p className="diff-note t3">diffoscope is being asked…</p>;
  const { diffoscope, noDiffoscope } = value;
  if (!diffoscope)
    return (
      <p className="diff-note t3">
        <Inert text={sentence(noDiffoscope ?? '')} prose />.
      </p>
    );
  return (
    <details className="diff-outside">
      <summary>
        diffoscope {diffoscope.version} says{diffoscope.cut && ' (cut)'}
      </summary>
      <pre className="selectable">
        {diffoscope.text.split('\n').map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
          <div key={i}>
            <Inert text={line} />
          </div>
        ))}
      </pre>
    </details>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
