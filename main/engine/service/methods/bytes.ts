import type { Output, Params } from '../../../contract/requests/index.ts';
import {
  type BytePattern,
  type Content,
  findBytes,
  hexPattern,
  measureBytes,
  textPattern,
} from '../../bundle/index.ts';
import type { HandlerContext, Handlers } from '../handler.ts';
import { partOf } from '../ranges.ts';

/** Methods about the bytes of objects and of files of the bundle. */
export const byteHandlers: Handlers<
  | 'object.check'
  | 'object.bytes'
  | 'object.find'
  | 'object.measure'
  | 'bundle.check'
  | 'bundle.bytes'
  | 'bundle.find-bytes'
  | 'bundle.measure'
> = {
  'object.check': (params, context) => check(object(params, context)),
  'object.bytes': (params, context) => bytes(object(params, context), params),
  'object.find': (params, context) => find(() => object(params, context), params, context),
  'object.measure': (params, context) => measure(object(params, context), params, context),
  'bundle.check': (params, context) => check(file(params, context)),
  'bundle.bytes': (params, context) => bytes(file(params, context), params),
  'bundle.find-bytes': (params, context) => find(() => file(params, context), params, context),
  'bundle.measure': (params, context) => measure(file(params, context), params, context),
};

/** Content that is asked for; with `look` while its check still runs. */
interface Asked {
  readonly look?: boolean;
}

function object(
  { sha256, look }: Asked & { readonly sha256: string },
  { session, signal, onProgress }: HandlerContext,
): Promise<Content> {
  const { ranges } = session.chain();
  return look ? ranges.look(sha256, { signal, onProgress }) : ranges.open(sha256, { signal, onProgress });
}

async function file(
  { path, look = false }: Asked & { readonly path: string },
  { session, signal, onProgress }: HandlerContext,
): Promise<Content> {
  const { bundle } = await session.bundle();
  return await bundle.content(path, { look, signal, onProgress });
}

async function check(opening: Promise<Content>) {
  using _content = await opening;
  return {};
}

async function bytes(
  opening: Promise<Content>,
  { offset, length }: Pick<Params<'object.bytes'>, 'offset' | 'length'>,
): Promise<Output<'object.bytes'>> {
  using content = await opening;
  return { bytes: partOf(content, offset, length).toString('base64'), size: content.size };
}

async function find(
  open: () => Promise<Content>,
  params: Omit<Params<'object.find'>, 'sha256'>,
  { signal, onProgress }: HandlerContext,
): Promise<Output<'object.find'>> {
  const pattern = patternOf(params.pattern);
  using content = await open();
  const { from, direction, limit, count } = params;
  const options = { direction, limit, count, signal, onProgress, ...(from !== undefined && { from }) };
  const found = await findBytes(content, pattern, options);
  return { ...found, offsets: [...found.offsets] };
}

async function measure(
  opening: Promise<Content>,
  { offset, length }: Pick<Params<'object.measure'>, 'offset' | 'length'>,
  { signal, onProgress }: HandlerContext,
): Promise<Output<'object.measure'>> {
  using content = await opening;
  return { ...(await measureBytes(content, offset, length, { signal, onProgress })) };
}

function patternOf(pattern: Params<'object.find'>['pattern']): BytePattern {
  return pattern.as === 'hex'
    ? hexPattern(pattern.text)
    : textPattern(pattern.text, !pattern.exact, pattern.as);
}
