/** The main process: one window, one engine, one gate between them. */
import { app, protocol } from 'electron';
import { Application } from './application.ts';
import { switchNetworkOff } from './no-network.ts';
import { lockContents } from './window.ts';

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
switchNetworkOff(app);
app.on('web-contents-created', (_event, contents) => lockContents(contents));
app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
  event.preventDefault();
  answer(false);
});

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(() => new Application().start());
} else {
  app.quit();
}
