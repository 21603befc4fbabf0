import { AssayError, type TaskOptions } from '../base/index.ts';
import { type Bundle, bundleWithin, companionsOf, openBundle, overlaid } from '../bundle/index.ts';
import type { Case, EventOf } from '../case/index.ts';
import { type Kit, type MatchedFiles, type MatchedPin, matchFiles, treeFolder } from '../chain/index.ts';

/** The tree that a kit's paths are in: the bundle's own, with the pinned files from beside it in their places. */
export interface CaseTree extends Bundle {
  readonly files: MatchedFiles;
}

/** Opens a bundle as the tree that the kit's paths are in. Throws as `openBundle` and `matchFiles` do. */
export async function openTree(
  theCase: Case,
  kit: Kit,
  imported: EventOf<'bundle-imported'>,
  options: TaskOptions = {},
): Promise<CaseTree> {
  const bundle = await openBundle(theCase, imported, options);
  try {
    const folder = treeFolder(kit.description, () => bundle.entries());
    const own = folder === '' ? bundle : bundleWithin(bundle, folder);
    const files = matchFiles(kit, own, companionsOf(theCase.log.of('file-imported')), (sha256, limit) =>
      theCase.objects.read(sha256, limit),
    );
    return withFiles(overlaid(own, files.placed, theCase.objects), files);
  } catch (error) {
    bundle.close();
    throw error;
  }
}

function withFiles(bundle: Bundle, files: MatchedFiles): CaseTree {
  return {
    files,
    event: bundle.event,
    entry: path => bundle.entry(path),
    entries: () => bundle.entries(),
    read: (path, limit) => bundle.read(path, limit),
    chunks: path => bundle.chunks(path),
    content: (path, options) => bundle.content(path, options),
    unpack: (folder, options) => bundle.unpack(folder, options),
    close: () => bundle.close(),
    [Symbol.dispose]: () => bundle.close(),
  };
}

/** Refuses to go on while a pinned file is missing or another one: `files.pins-unmet`, with every one of them as a problem. */
export function requirePins({ pins }: MatchedFiles): void {
  const unmet = pins.filter(({ state }) => state === 'missing' || state === 'wrong');
  if (unmet.length === 0) return;
  const missing = unmet.filter(({ state }) => state === 'missing').length;
  const wrong = unmet.length - missing;
  const counted = [
    ...(missing > 0 ? [`${missing} ${missing === 1 ? 'is' : 'are'} missing`] : []),
    ...(wrong > 0 ? [`${wrong} ${wrong === 1 ? 'is another file' : 'are other files'}`] : []),
  ];
  throw new AssayError({
    kind: 'input',
    code: 'files.pins-unmet',
    message: `of ${pins.length} pinned files ${counted.join(' and ')}: nothing was run`,
    cure: 'Import them with: assay import CASE --files PATH. A file is found by its hash, whatever its name.',
    problems: unmet.map(pin => ({
      code: pin.state === 'missing' ? 'files.missing' : 'files.wrong',
      message: unmetText(pin),
      where: { ...pin.origin, entry: pin.path },
    })),
  });
}

function unmetText({ path, state, name, found, sha256, size }: MatchedPin): string {
  const wanted = `sha256 ${sha256}${size === null ? '' : `, ${size} bytes`}`;
  if (state === 'missing') return `'${path}' is missing: ${wanted}`;
  const what = name === null ? 'the bundle has something else there' : `'${name}' is another file`;
  return `'${path}' is wrong: ${what}${found === null ? '' : `, sha256 ${found}`}; pinned is ${wanted}`;
}
