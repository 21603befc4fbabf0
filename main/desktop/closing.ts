import { type BrowserWindow, dialog } from 'electron';
import type { EngineSupervisor } from './engine-supervisor.ts';

/** What can be done about a replay when its window is closed, in the order of the buttons. */
const REPLAY_CHOICES = ['stay', 'background', 'after-step', 'now'] as const;

/** Asks, once, what becomes of work that is under way when the window is closed. Every finished step is kept in any case. */
export class Closing {
  readonly #window: BrowserWindow;
  readonly #engine: EngineSupervisor;
  #asking = false;

  constructor(window: BrowserWindow, engine: EngineSupervisor) {
    this.#window = window;
    this.#engine = engine;
    window.on('close', event => {
      if (!engine.busy) return;
      event.preventDefault();
      if (!this.#asking) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    try {
      if (this.#engine.worksAt('replay.run')) await this.#askOfReplay();
      else await this.#askOfWork();
    } finally {
      this.#asking = false;
    }
  }

  async #askOfWork(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'question',
      message: 'Assay is still at work.',
      detail: 'What is done so far is kept and can be continued. Only the running step is lost.',
      buttons: ['Keep working', 'Stop and quit'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) this.#window.destroy();
  }

  async #askOfReplay(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'question',
      message: 'A replay is running.',
      detail: [
        'Every finished step is kept, and the replay can be resumed at any time.',
        'In the background it goes on without a window; start Assay again to see it. Assay quits when the replay is over.',
        'After this step: the window closes when the running step is finished and recorded.',
        'Now: the running step is given up and runs again on Resume.',
      ].join('\n\n'),
      buttons: ['Keep the window', 'Go on in the background', 'Stop after this step', 'Stop now'],
      defaultId: 0,
      cancelId: 0,
    });
    const choice = REPLAY_CHOICES[response] ?? 'stay';
    if (choice === 'stay') return;
    if (choice === 'background') this.#window.hide();
    else await this.#engine.request('replay.stop', { when: choice }).catch(() => {});
    // Nobody waits for this: who opens the window again, or closes it once more, has changed their mind.
    void this.#engine.idle().then(() => {
      if (this.#window.isDestroyed()) return;
      if (choice !== 'background' || !this.#window.isVisible()) this.#window.destroy();
    });
  }
}
