import type { ReactNode } from 'react';
import type { CameToBe, Output } from '../../main/contract/requests/index.ts';
import { go, type PageId, type Targets } from '../location.ts';
import { Hash } from '../parts/Hash.tsx';
import { Inert } from '../parts/Inert.tsx';
import { Mark, type MarkName } from '../parts/Mark.tsx';
import { Squares } from '../parts/Squares.tsx';

/** A file on the way from a seed to another. */
export type PathFileRow = CameToBe['spine'][number] | Output<'chain.took-part'>['files'][number];

/** Opens a page at a place, from a list that may stand in a dialog. */
export type Leave = <P extends PageId>(page: P, target: Targets[P]) => void;

export const leaveAtOnce: Leave = (page, target) => go(page, target);

const WORDS: Record<MarkName, string> = {
  reproduced: 'reproduced',
  differs: 'differs',
  waived: 'waived',
  missing: 'missing',
  unexpected: 'unexpected',
  notrun: 'not run',
  none: 'no expectation',
  running: '',
  failed: '',
  done: '',
  blocks: '',
  explained: '',
  question: '',
  concern: '',
};

interface PathFileProps {
  readonly file: PathFileRow;
  readonly leave: Leave;
  readonly children?: ReactNode;
}

/** One file: its verdict or its review, its path, where it leads. */
export function PathFile({ file, leave, children }: PathFileProps) {
  return (
    <>
      <Standing file={file} />
      <span className="grow cut">
        <Inert text={file.path} cut />
      </span>
      {children}
      <Place file={file} leave={leave} />
      {file.sha256 && <Hash value={file.sha256} />}
    </>
  );
}

function Standing({ file: { kind, verdict, reviewers } }: { readonly file: PathFileRow }) {
  if (kind === 'source') {
    const [first = null, second = null] = reviewers;
    return <Squares reviewers={reviewers} people={{ first, second }} />;
  }
  if (kind === 'seed') {
    return (
      <span className="came-seed" title="seed">
        +<span className="unseen">seed</span>
      </span>
    );
  }
  const name: MarkName = verdict === 'not-run' ? 'notrun' : (verdict ?? 'none');
  return (
    <span className={`verdict mark-${name}`} title={WORDS[name]}>
      <Mark name={name} />
      <span className="unseen">{WORDS[name]}</span>
    </span>
  );
}

function Place({ file: { kind, path, step }, leave }: PathFileProps) {
  const [words, open] =
    step !== null
      ? [`step ${step}`, () => leave('chain', { step })]
      : kind === 'seed'
        ? ['seed', () => leave('seed', { seed: path })]
        : ['bundle', () => leave('bundle', { path })];
  return (
    <button type="button" className="as-link nowrap" onClick={open}>
      {words}
    </button>
  );
}
