import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLATION } from '../../../main/engine/base/index.ts';
import { file, folder } from '../../engine/bundle/tar-maker.ts';

/** A name that would read as another: what follows the control is shown backwards. */
export const HOSTILE_NAME = 'notes\u202e4ska.txt';

/** Files that no chain reads, each odd in its own way. */
const ODD: Readonly<Record<string, string | Buffer>> = {
  [`extra/${HOSTILE_NAME}`]: 'plain\nwith \u202ebidi\u202c inside\nzero\u200bwidth\n',
  'extra/esc\u001b[31mred.txt': 'a name that would colour a terminal\n',
  'extra/crlf.txt': 'one\r\ntwo\r\n',
  'extra/latin1.txt': Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]),
  'extra/long.txt': 'a line of text that is long enough\n'.repeat(80_000),
  'extra/bytes.bin': Buffer.from(Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 255)),
  'extra/prog.c': '#include <stdio.h>\nint main(void)\n{\n\treturn 0x10; /* Needle */\n}\n',
};

/** Writes a tar of the embedded bundle, of odd files, and of a folder with as many files as asked for. */
export function writeSampleBundle(path: string, many: number): void {
  const root = join(INSTALLATION, 'audit-kits/bedrock-amd64/bundle');
  const own = globSync('**', { cwd: root, withFileTypes: true })
    .filter(item => item.isFile())
    .map(item => join(item.parentPath, item.name).slice(root.length + 1))
    .sort();
  const pieces = own.map(name => file(name, readFileSync(join(root, name))));
  pieces.push(folder('extra/'), ...Object.entries(ODD).map(([name, content]) => file(name, content)));
  if (many > 0) pieces.push(folder('many/'));
  for (let i = 0; i < many; i += 1) {
    pieces.push(file(`many/file-${String(i).padStart(6, '0')}.txt`, `file ${i}\n`));
  }
  writeFileSync(path, Buffer.concat([...pieces, Buffer.alloc(1024)]));
}
