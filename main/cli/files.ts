import type { FilesDocument } from '../contract/documents.ts';
import { inertText } from '../contract/inert.ts';
import { type MatchedFiles, type MatchedPin, pinsMet, plural } from '../engine/index.ts';

/** The pinned files of a case and what there is for them, as `--json` prints them. */
export function filesDocumentOf(files: MatchedFiles): FilesDocument {
  return {
    met: pinsMet(files),
    pins: files.pins.map(({ path, size, sha256, origin, state, name, found }) => ({
      ...{ path, size, sha256, origin, state, name, found },
    })),
    extra: files.extra.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  };
}

/** The same for a person: what is wrong or missing first. */
export function filesText({ pins, extra }: FilesDocument): string {
  const of = (...states: MatchedPin['state'][]) => pins.filter(pin => states.includes(pin.state));
  const unmet = of('missing', 'wrong');
  const lines = pins.length === 0 ? ['Neither the kit nor the build description pins a file.'] : [];
  const leftOut = of('left-out').length;
  if (pins.length > 0) {
    lines.push(
      unmet.length === 0 && leftOut > 0
        ? `${leftOut} of ${plural(pins.length, 'pinned file')} ${leftOut === 1 ? 'is' : 'are'} left out: the plan ends before the first of them.`
        : unmet.length === 0
          ? `All ${plural(pins.length, 'pinned file')} ${pins.length === 1 ? 'is' : 'are'} there: ${of('bundle').length} in the bundle, ${of('file').length} beside it.`
          : `${unmet.length} of ${plural(pins.length, 'pinned file')} ${unmet.length === 1 ? 'is' : 'are'} NOT there: nothing runs before.`,
    );
  }
  const group = (title: string, rows: string[]) => (rows.length > 0 ? ['', title, ...rows] : []);
  return [
    ...lines,
    ...group('Missing', of('missing').map(pinText)),
    ...group('Wrong', of('wrong').map(pinText)),
    ...group('Left out', of('left-out').map(pinText)),
    ...group('There', of('bundle', 'file').map(pinText)),
    ...group(
      'Extra, asked for by nobody',
      extra.map(file => `  ${inertText(file.name)}  ${plural(file.size, 'byte')}  ${file.sha256}`),
    ),
  ].join('\n');
}

function pinText({ path, sha256, size, origin, state, name, found }: FilesDocument['pins'][number]): string {
  const from = {
    bundle: 'in the bundle',
    file: `is ${inertText(name ?? '')}`,
    wrong: '',
    missing: '',
    'left-out': '',
  }[state];
  const instead =
    name === null ? 'the bundle has something else there' : `${inertText(name)} is another file`;
  const wrong = state === 'wrong' ? `${instead}${found === null ? '' : `, sha256 ${found}`}` : '';
  const wanted = `${sha256}${size === null ? '' : `, ${plural(size, 'byte')}`}, ${inertText(origin.file)}:${origin.line}`;
  return [
    `  ${inertText(path)}${from && `  ${from}`}`,
    ...(wrong ? [`    ${wrong}`] : []),
    `    ${wanted}`,
  ].join('\n');
}
