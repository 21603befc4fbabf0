import { Button } from '@blueprintjs/core';
import { DuplicateIcon } from '@blueprintjs/icons';
import { attempt, desktop } from '../engine/index.ts';

interface CopyButtonProps {
  readonly text: string;
  /** `Copy`, or for text from evidence `Copy raw`: what is copied may act where it is pasted. */
  readonly title?: 'Copy' | 'Copy raw';
  /** What is copied, for readers of the screen. */
  readonly what: string;
}

/** Puts a text on the clipboard as it is. */
export function CopyButton({ text, title = 'Copy', what }: CopyButtonProps) {
  return (
    <Button
      size="small"
      variant="minimal"
      icon={<DuplicateIcon />}
      aria-label={`${title}: ${what}`}
      title={
        title === 'Copy raw' ? 'Copies the original characters; they may act where they are pasted' : title
      }
      onClick={() => void attempt('Nothing was copied', () => desktop('clipboard.write', { text }))}
    />
  );
}
