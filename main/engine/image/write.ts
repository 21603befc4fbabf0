import type { Sha256, TaskOptions } from '../base/index.ts';
import { Pace } from '../bundle/index.ts';
import {
  configBytes,
  type HistoryFacts,
  type ImageConfig,
  type ImageForm,
  indexBytes,
  type LayerFacts,
  layersOf,
  manifestBytes,
} from './documents.ts';
import type { ImageEntry } from './entry.ts';
import { LayerStream, type ReadContent, tarPieces, withFolders } from './layer.ts';
import { type BlobWriter, LayoutWriter } from './layout.ts';

/** A layer that is to be written, or what made none. Folders that lead to its entries need not be named. */
export interface NewLayer {
  /** Null for what makes no layer and is only told of in the history. */
  readonly entries: readonly ImageEntry[] | null;
  /** Paths of lower layers that are gone; of what was in a folder that is gone, nothing. */
  readonly removed?: readonly string[];
  /** What made it, for the image's history. */
  readonly createdBy: string;
}

/** An image that is to be written. */
export interface NewImage {
  readonly layers: readonly NewLayer[];
  readonly config: ImageConfig;
  readonly form: ImageForm;
  /** What it is called, for example `localhost/stage0:latest`. */
  readonly name: string;
}

/** An image that was written. */
export interface WrittenImage {
  /** Sha256 of the manifest, which is the image's digest, of its config, and of the tar of each layer. */
  readonly manifest: Sha256;
  readonly config: Sha256;
  readonly diffIds: readonly Sha256[];
}

/**
 * Writes an OCI image layout into a folder, or an archive of one into a file. The same image gives the same bytes. Throws
 * `image.exists`, `object.damaged`, `task.stopped`; then nothing is left.
 */
export async function writeImage(
  image: NewImage,
  read: ReadContent,
  target: { readonly path: string; readonly as: 'folder' | 'archive' },
  options: TaskOptions = {},
): Promise<WrittenImage> {
  const { config, form, name } = image;
  const layout = new LayoutWriter(target.path);
  try {
    const layers: HistoryFacts[] = [];
    const total = image.layers.reduce((sum, layer) => sum + sizeOf(layer), 0);
    const pace = new Pace(options, { task: 'Writing image', total, unit: 'bytes' });
    let done = 0;
    for (const layer of image.layers) {
      const from = done;
      done += sizeOf(layer);
      const { entries } = layer;
      layers.push(
        entries === null
          ? { createdBy: layer.createdBy }
          : await writeLayer({ ...layer, entries }, form.time, read, layout.begin(), {
              pace,
              from,
              to: done,
            }),
      );
    }
    pace.finish(total);
    const configRef = layout.put(configBytes(config, form, layers));
    const manifest = layout.put(manifestBytes(configRef, form, layers));
    layout.commit(indexBytes(manifest, config.architecture, name), target.as, form.time);
    return {
      manifest: manifest.sha256,
      config: configRef.sha256,
      diffIds: layersOf(layers).map(({ diffId }) => diffId),
    };
  } finally {
    layout.abort();
  }
}

function sizeOf({ entries }: NewLayer): number {
  return (entries ?? []).reduce((sum, { size }) => sum + size, 0);
}

async function writeLayer(
  { entries, removed = [], createdBy }: NewLayer & { entries: readonly ImageEntry[] },
  time: number,
  read: ReadContent,
  blob: BlobWriter,
  { pace, from, to }: { pace: Pace; from: number; to: number },
): Promise<LayerFacts> {
  try {
    const stream = new LayerStream(piece => blob.write(piece));
    let done = from;
    for (const piece of tarPieces(withFolders(entries, removed), time, read)) {
      stream.write(piece);
      done += piece.length;
      // Headers count as read, too; what is shown never passes the total.
      if (pace.due) await pace.rest(Math.min(done, to));
    }
    const diffId = stream.end();
    return { diffId, ...blob.commit(), createdBy };
  } catch (error) {
    blob.abandon();
    throw error;
  }
}
