import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { sha256Of } from '../../../main/engine/base/index.ts';
import {
  buildkitForm,
  type ImageEntry,
  type NewImage,
  openImage,
  type ReadImage,
  readImage,
  rootOf,
  writeImage,
} from '../../../main/engine/image/index.ts';

/** A folder for a test file, removed when its tests are over. */
export const scratch = mkdtempSync(join(tmpdir(), 'assay-image-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const contents = new Map<string, Buffer>();

/** Content by hash, as a case would give it. */
export function read(sha256: string): Uint8Array[] {
  return [contents.get(sha256) ?? Buffer.from('something else')];
}

export function file(path: string, content: string | Buffer, mode = 0o755): ImageEntry {
  const bytes = Buffer.from(content as string);
  const sha256 = sha256Of(bytes);
  contents.set(sha256, bytes);
  return { path, type: 'file', mode, size: bytes.length, sha256, target: null };
}

export function folder(path: string, mode = 0o755): ImageEntry {
  return { path, type: 'directory', mode, size: 0, sha256: null, target: null };
}

export function link(path: string, target: string): ImageEntry {
  return { path, type: 'symlink', mode: 0o777, size: 0, sha256: null, target };
}

/** An image of layers in BuildKit's form. */
export function imageOf(...layers: ImageEntry[][]): NewImage {
  return {
    layers: layers.map((entries, i) => ({ entries, createdBy: `COPY ${i} # buildkit` })),
    config: { architecture: '386', environment: [['A', '<b>']], workingFolder: '/' },
    form: buildkitForm({ 'org.example.b': '2', 'org.example.a': '1' }),
    name: 'localhost/test:latest',
  };
}

let serial = 0;
/** A name that nothing has yet. */
export function fresh(): string {
  serial += 1;
  return join(scratch, `out-${serial}`);
}

export async function written(image: NewImage, as: 'folder' | 'archive') {
  const path = fresh();
  return { path, ...(await writeImage(image, read, { path, as })) };
}

export async function readBack(
  path: string,
  wanted: string | null = null,
): Promise<ReadImage & { root: ImageEntry[] }> {
  using source = openImage(path);
  const image = await readImage(source, wanted);
  return { ...image, root: rootOf(image) };
}

/** Every file of a folder by path. */
export function filesOf(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter(item => item.isFile());
  return Object.fromEntries(
    files.map(item => {
      const name = join(item.parentPath, item.name);
      return [name.slice(path.length + 1), sha256Of(readFileSync(name))] as const;
    }),
  );
}

/** A file with these bytes. */
export function fileOf(bytes: Uint8Array): string {
  const path = fresh();
  writeFileSync(path, bytes);
  return path;
}
