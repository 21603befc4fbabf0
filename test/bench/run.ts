/** Runs every bench in turn. Each prints ratios to a baseline of the same run; absolute times say little on a shared machine. */
import { benchFind } from './find.ts';
import { benchImport } from './import.ts';
import { benchReplay } from './replay.ts';
import { benchScale } from './scale.ts';
import { benchVerify } from './verify.ts';
import { benchWindow } from './window.ts';

await benchImport();
await benchReplay();
await benchFind();
benchScale();
await benchVerify();
await benchWindow();
