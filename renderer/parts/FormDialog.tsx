import { Button } from '@blueprintjs/core';
import { type ReactNode, useState } from 'react';
import type { EngineProblem } from '../../main/contract/channel.ts';
import { asProblem } from '../engine/index.ts';
import { Modal } from './Modal.tsx';
import { ProblemPanel } from './ProblemPanel.tsx';

interface FormDialogProps {
  readonly title: string;
  /** What the primary button says. */
  readonly action: string;
  /** What it says while it works; by default the same. */
  readonly working?: string;
  /** Does it. What it throws is shown in the dialog, with everything typed still there. */
  readonly onSubmit: () => Promise<void> | void;
  readonly onClose: () => void;
  /** The head over what went wrong. */
  readonly failed: string;
  /** What is still missing, in words; null when it can be done. */
  readonly missing?: string | null;
  /** Words at the left of the foot when nothing is missing. */
  readonly note?: ReactNode;
  /** Width in CSS pixels. */
  readonly width?: number;
  readonly children: ReactNode;
}

/** A dialog that asks for something and then does one thing, which may fail. While it works it cannot be closed. */
export function FormDialog(props: FormDialogProps) {
  const { title, action, working = action, onSubmit, onClose, failed, missing = null, children } = props;
  const [problem, setProblem] = useState<EngineProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit();
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  return (
    <Modal
      title={title}
      onClose={onClose}
      closes={!busy}
      note={missing ?? props.note}
      {...(props.width !== undefined && { width: props.width })}
      actions={
        <>
          <Button size="small" disabled={busy} onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="small"
            intent="primary"
            disabled={busy || missing !== null}
            onClick={() => void submit()}
          >
            {busy ? working : action}
          </Button>
        </>
      }
    >
      {problem && <ProblemPanel title={failed} problem={problem} />}
      {children}
    </Modal>
  );
}
