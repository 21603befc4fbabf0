import { join } from 'node:path';
import { z } from 'zod';
import { type DesktopParams, type Preferences, preferencesSchema } from '../contract/desktop.ts';
import { JsonFile } from './json-file.ts';

const INITIAL: Preferences = { theme: 'system', zoom: 1, person: null, panes: {}, singleKeys: true };

/** What a person has set, in `preferences.json`. */
export class PreferencesFile {
  readonly #file: JsonFile<Preferences>;

  constructor(folder: string) {
    this.#file = new JsonFile(join(folder, 'preferences.json'), preferencesSchema, INITIAL);
  }

  get value(): Preferences {
    return this.#file.value;
  }

  /** Changes what is named; panes are merged by name. */
  change(changes: DesktopParams<'preferences.set'>): Preferences {
    const { value } = this.#file;
    const named = Object.fromEntries(Object.entries(changes).filter(([, each]) => each !== undefined));
    this.#file.set({ ...value, ...named, panes: { ...value.panes, ...changes.panes } });
    return this.#file.value;
  }
}

const recentFile = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    folder: z.string(),
    opened: z.string(),
    /** Id of its kit; null in a case without one. */
    kit: z.string().nullable().default(null),
  }),
);

/** So many recent cases are remembered. */
const RECENT_LIMIT = 20;

/** The cases last opened here, newest first, in `recent-cases.json`. */
export class RecentCases {
  readonly #file: JsonFile<z.infer<typeof recentFile>>;

  constructor(folder: string) {
    this.#file = new JsonFile(join(folder, 'recent-cases.json'), recentFile, []);
  }

  get value() {
    return this.#file.value;
  }

  opened(id: string, name: string, folder: string, kit: string | null): void {
    const others = this.value.filter(each => each.folder !== folder);
    this.#file.set(
      [{ id, name, folder, opened: new Date().toISOString(), kit }, ...others].slice(0, RECENT_LIMIT),
    );
  }

  forget(id: string): void {
    this.#file.set(this.value.filter(each => each.id !== id));
  }
}

export const placeSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
  maximized: z.boolean(),
});
/** Where the window stood, in device-independent pixels. */
export type Place = z.infer<typeof placeSchema>;

/** Where the window stood last, in `window.json`. */
export function placeFile(folder: string): JsonFile<Place | null> {
  return new JsonFile<Place | null>(join(folder, 'window.json'), placeSchema.nullable(), null);
}
