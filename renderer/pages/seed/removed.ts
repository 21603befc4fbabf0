import { runCommand } from '../../commands/index.ts';
import { showToast } from '../../review/toast.ts';

/** Says that an annotation was removed, with the way back. */
export function showRemoved(): void {
  void showToast('Annotation removed. The log keeps it.', {
    text: 'Undo',
    onClick: () => runCommand('review.undo'),
  });
}
