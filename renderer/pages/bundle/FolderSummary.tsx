import { Button } from '@blueprintjs/core';
import type { BundleRow } from '../../../main/contract/requests/index.ts';
import { ask, attempt } from '../../engine/index.ts';
import { counted, number } from '../../parts/format.ts';

/** A folder: what is in it and how far its review is. */
export function FolderSummary({ row }: { readonly row: BundleRow }) {
  const left = row.files - row.reviewed;
  const review = () =>
    void attempt('The review was not recorded', () =>
      ask('bundle.review', { paths: [row.path], reviewed: true }),
    );
  return (
    <div className="bundle-note">
      <dl className="facts">
        <dt>Files</dt>
        <dd>
          {number(row.files)}, {counted(row.bytes, 'byte')}
        </dd>
        <dt>Reviewed</dt>
        <dd>
          {number(row.reviewed)} by one person, {number(row.byTwo)} of them by two
        </dd>
        <dt>Not reviewed</dt>
        <dd>{left === 0 ? 'none' : number(left)}</dd>
        <dt>Open comments</dt>
        <dd>{number(row.comments)}</dd>
        <dt>Flagged</dt>
        <dd>{number(row.flagged)}</dd>
      </dl>
      <p className="t2 folder-words">
        Marking a folder says that you have reviewed each of its files as they are now. It is one action,
        which Ctrl Z takes back.
      </p>
      <Button size="small" onClick={review}>
        Mark {counted(row.files, 'file')} reviewed
      </Button>
    </div>
  );
}
