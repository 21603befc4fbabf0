import { Dialog, DialogBody, DialogFooter } from '@blueprintjs/core';
import type { ReactNode } from 'react';

interface ModalProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Words at the left of the foot. */
  readonly note?: ReactNode;
  /** Buttons, the primary one last. */
  readonly actions?: ReactNode;
  /** Width in CSS pixels. */
  readonly width?: number;
  /** False while something runs that must not be left half seen. */
  readonly closes?: boolean;
}

/** A dialog in the window's look. Esc and the cross close it; a click beside it does not, so that nothing typed is lost. */
export function Modal({ title, onClose, children, note, actions, width = 560, closes = true }: ModalProps) {
  return (
    <Dialog
      isOpen
      title={title}
      onClose={onClose}
      canOutsideClickClose={false}
      canEscapeKeyClose={closes}
      isCloseButtonShown={closes}
      transitionDuration={0}
      style={{ width }}
    >
      <DialogBody>{children}</DialogBody>
      {(note || actions) && <DialogFooter actions={actions}>{note}</DialogFooter>}
    </Dialog>
  );
}
