import { desktop } from '../engine/index.ts';

/** Puts text on the clipboard, by the main process: the page itself has no leave to. */
export async function writeClipboard(text: string): Promise<void> {
  await desktop('clipboard.write', { text });
}
