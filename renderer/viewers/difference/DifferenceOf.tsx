import { useState } from 'react';
import { Inert } from '../../parts/Inert.tsx';
import { Modal } from '../../parts/Modal.tsx';
import { DifferenceView } from './DifferenceView.tsx';

interface DifferenceOfProps {
  readonly path: string;
  /** The hash that somebody published, and who. */
  readonly expected: { readonly sha256: string; readonly source: string };
  /** The hash of the file as this replay left it. */
  readonly actual: string;
}

/**
 * For a file that is not what somebody published: the way to its difference. Published bytes are rarely in a case, only when another
 * replay made them or the bundle holds them; where they are not, the difference says so and takes the file.
 */
export function DifferenceOf({ path, expected, actual }: DifferenceOfProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="as-link" onClick={() => setOpen(true)}>
        Show what differs
      </button>
      {open && (
        <Modal title="What differs" width={1280} onClose={() => setOpen(false)} note={<Inert text={path} />}>
          <div className="diff-dialog">
            <DifferenceView
              sides={{ a: actual, b: expected.sha256 }}
              names={{ a: 'This replay', b: `Published by ${expected.source}` }}
              autoFocus
            />
          </div>
        </Modal>
      )}
    </>
  );
}
