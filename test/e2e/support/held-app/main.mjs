// Starts the application whose folder is the last argument, and keeps "ready" from it until Playwright is connected and
// calls `__playwright_run`: a page that comes while Playwright connects is now and then waited for in vain. Playwright
// does the same, with switches that change the application, for an Electron that it finds itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const connected = Promise.withResolvers();
const ready = app.whenReady().then(() => connected.promise);
app.whenReady = () => ready;
globalThis.__playwright_run = connected.resolve;

const folder = process.argv.at(-1);
const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(description.productName ?? description.name);
app.setVersion(description.version);
await import(pathToFileURL(join(folder, description.main)).href);
