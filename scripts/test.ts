/** Runs the whole test suite, or the files named as arguments, and ends with the plain line `N passed, N failed`. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = join(import.meta.dirname, '..');
const files =
  process.argv.length > 2 ? process.argv.slice(2) : globSync('test/**/*.test.ts', { cwd: root }).sort();
const counts = { passed: 0, failed: 0, skipped: 0 };

const events = run({ files: files.map(file => join(root, file)), concurrency: 2, timeout: 900_000 });
events.on('test:pass', test => {
  if (test.details.type === 'suite') return;
  if (test.skip === undefined) counts.passed += 1;
  else counts.skipped += 1;
});
events.on('test:fail', test => {
  if (test.details.type !== 'suite') counts.failed += 1;
});
events.compose(spec).pipe(process.stdout);
events.on('end', () => {
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
  process.on('exit', () => {
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  });
});
