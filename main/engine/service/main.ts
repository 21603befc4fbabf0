import { fromEngineMessage } from '../../contract/channel.ts';
import { EngineService } from './service.ts';

/**
 * The engine as a process of its own: speaks JSON over the channel that the parent process opened (`stdio: 'ipc'`).
 * Ends when the channel closes, so that no engine outlives its window.
 */
const service = new EngineService(message => {
  if (process.connected) process.send?.(fromEngineMessage.parse(message));
});
process.on('message', raw => void service.take(raw));
process.on('disconnect', () => void service.close().finally(() => process.exit(0)));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => void service.close().finally(() => process.exit(0)));
}
process.send?.({ kind: 'event', event: { type: 'ready' } });
