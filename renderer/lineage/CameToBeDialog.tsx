import { Button } from '@blueprintjs/core';
import { DuplicateIcon } from '@blueprintjs/icons';
import { ask, attempt, desktop, useEngine, useStore } from '../engine/index.ts';
import { go } from '../location.ts';
import { counted, number } from '../parts/format.ts';
import { Inert } from '../parts/Inert.tsx';
import { Modal } from '../parts/Modal.tsx';
import { ProblemPanel } from '../parts/ProblemPanel.tsx';
import { asked, showReplay } from '../replay/shown.ts';
import { Gap } from './Gap.tsx';
import type { Leave } from './PathFile.tsx';
import { Spine } from './Spine.tsx';
import { askedSubject, type Subject } from './subject.ts';
import './came-to-be.css';

/** How the file that was asked for came to be, down to the seeds' bytes, with the review state of everything on its path. */
export function CameToBeDialog({ onClose }: { readonly onClose: () => void }) {
  const wanted = useStore(askedSubject);
  if (!wanted) return null;
  return <Past wanted={wanted} onClose={onClose} />;
}

function Past({ wanted, onClose }: { readonly wanted: Subject; readonly onClose: () => void }) {
  const { path, replay, before } = wanted;
  const { value, problem, loading } = useEngine('chain.came-to-be', {
    path,
    ...asked(replay),
    ...(before !== null && { before }),
  });
  const leave: Leave = (page, target) => {
    onClose();
    if (page === 'chain') showReplay(replay);
    go(page, target);
  };
  return (
    <Modal
      title="How this file came to be"
      onClose={onClose}
      width={880}
      note={value ? `${counted(value.steps, 'step')}, ${counted(value.programs, 'program')}` : undefined}
      actions={<CopyButtons wanted={wanted} ready={Boolean(value)} onClose={onClose} />}
    >
      <p className="came-title">
        <Inert text={path} />
        {before !== null && <span className="t2"> as it stood in step {number(before)}</span>}
      </p>
      {problem && <ProblemPanel title="Its past cannot be shown" problem={problem} />}
      {value === null && !loading && (
        <p className="t2">
          No replay speaks of this file: nothing was replayed yet, or neither a step nor the bundle has it.
        </p>
      )}
      {value && (
        <>
          <Gap past={value} leave={leave} />
          {value.spine.length === 1 && value.steps === 0 && (
            <p className="t2">No program made it: it is as it came.</p>
          )}
          <Spine past={value} replay={replay} leave={leave} />
          <NotReviewed sources={value.sources} leave={leave} />
        </>
      )}
    </Modal>
  );
}

interface NotReviewedProps {
  readonly sources: {
    readonly files: number;
    readonly reviewed: number;
    readonly notReviewed: readonly string[];
  };
  readonly leave: Leave;
}

/** The honest gap, file by file. */
function NotReviewed({ sources: { files, reviewed, notReviewed }, leave }: NotReviewedProps) {
  const left = files - reviewed;
  if (left === 0) return null;
  return (
    <details className="came-left">
      <summary>{counted(left, 'source')} that nobody reviewed</summary>
      <ul>
        {notReviewed.map(path => (
          <li key={path}>
            <button type="button" className="as-link" onClick={() => leave('bundle', { path })}>
              <Inert text={path} />
            </button>
          </li>
        ))}
        {left > notReviewed.length && <li className="t2">and {number(left - notReviewed.length)} more</li>}
      </ul>
    </details>
  );
}

interface CopyButtonsProps {
  readonly wanted: Subject;
  readonly ready: boolean;
  readonly onClose: () => void;
}

function CopyButtons({ wanted: { path, replay }, ready, onClose }: CopyButtonsProps) {
  const copy = (form: 'text' | 'dot') =>
    void attempt('Nothing was copied', async () => {
      const { text } = await ask('chain.lineage-text', { path, form, ...asked(replay) });
      await desktop('clipboard.write', { text });
    });
  return (
    <>
      <Button size="small" icon={<DuplicateIcon />} disabled={!ready} onClick={() => copy('text')}>
        Copy as text
      </Button>
      <Button size="small" icon={<DuplicateIcon />} disabled={!ready} onClick={() => copy('dot')}>
        Copy for Graphviz
      </Button>
      <Button size="small" intent="primary" onClick={onClose}>
        Close
      </Button>
    </>
  );
}
