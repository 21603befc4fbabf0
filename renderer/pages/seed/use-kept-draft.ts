import { useEffect, useRef, useState } from 'react';
import type { AnnotationDraftRow } from '../../../main/contract/requests/index.ts';
import { ask, asProblem, engineState, showProblem, useStored } from '../../engine/index.ts';
import type { Draft } from './annotation-draft.ts';
import { type DraftScope, keepDraft, useNewestDraft } from './use-drafts.ts';

/** How long typing rests before it is kept, in milliseconds. */
const REST = 400;

/** Keeps what is being written in the case, so that it is there again after a crash; `onFound` hears what was. */
export function useKeptDraft(scope: DraftScope, onFound: (id: string | null) => void): void {
  const ready = useStored(engineState, engine => engine?.state === 'ready');
  const newest = useNewestDraft(scope);
  const [looked, setLooked] = useState(false);
  const kept = useRef<Draft | null>(null);
  const { seed } = scope;

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for once, when a seed is opened
  useEffect(() => {
    if (!ready || looked) return;
    void ask('seed.draft.get', { seed }, { quiet: true }).then(
      ({ draft }) => {
        if (draft && !newest) {
          const found = draftOfRow(draft);
          kept.current = found;
          keepDraft(scope, draft.id, found);
          onFound(draft.id);
        }
        setLooked(true);
      },
      () => setLooked(true),
    );
  }, [ready, looked]);

  useEffect(() => {
    const draft = newest?.draft ?? null;
    if (!ready || !looked || draft === kept.current) return undefined;
    const keep = () => {
      kept.current = draft;
      const row = newest && rowOfDraft(newest.id, newest.draft);
      ask('seed.draft.set', { seed, draft: row }, { quiet: true }).catch(error => {
        kept.current = null;
        if (asProblem(error).code.startsWith('engine.')) return;
        showProblem('What is being written would not survive a crash', error);
      });
    };
    if (!draft) {
      keep();
      return undefined;
    }
    const timer = setTimeout(keep, REST);
    return () => clearTimeout(timer);
  }, [ready, looked, newest, seed]);
}

function draftOfRow({ kind, label, note, group, colour, ranges }: AnnotationDraftRow): Draft {
  return {
    kind,
    label,
    note,
    group: group === '' ? null : group,
    colour,
    ranges: ranges.length === 0 ? null : ranges,
  };
}

function rowOfDraft(
  id: string | null,
  { kind, label, note, group, colour, ranges }: Draft,
): AnnotationDraftRow {
  return { id, kind, label, note, group: group ?? '', colour, ranges: [...(ranges ?? [])] };
}
