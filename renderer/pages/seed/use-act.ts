import { useState } from 'react';
import type { EngineProblem } from '../../../main/contract/channel.ts';
import { asProblem } from '../../engine/index.ts';

/** What a person asked for and how it failed, to be shown where they asked. */
export interface Failure {
  readonly title: string;
  readonly problem: EngineProblem;
}

export interface Acting {
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly forget: () => void;
  /** Does something, one thing at a time. `title` is what is said when it fails. True when it was done. */
  readonly act: (title: string, action: () => Promise<void>) => Promise<boolean>;
}

/** One thing at a time, with its failure shown in place. */
export function useAct(): Acting {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const act = async (title: string, action: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await action();
      return true;
    } catch (error) {
      setFailure({ title, problem: asProblem(error) });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, forget: () => setFailure(null), act };
}
