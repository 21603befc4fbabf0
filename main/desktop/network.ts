import type { Session, WebContents } from 'electron';
import type { NetworkState } from '../contract/desktop.ts';

type Check = NetworkState['checks'][number];

/** An address that belongs to nobody (RFC 5737), so that a request which is not refused reaches nobody either. */
const NOBODY = 'http://192.0.2.1/';
/** How long a probe may take before it counts as not refused, in milliseconds. */
const TIMEOUT = 3_000;

async function outcome(attempt: Promise<unknown>): Promise<string> {
  const late = new Promise<string>(resolve => setTimeout(() => resolve('no answer, not refused'), TIMEOUT));
  return Promise.race([
    late,
    attempt.then(
      value => (typeof value === 'string' ? value : 'answered'),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    ),
  ]);
}

/** With these Chromium says that it was told not to; anything else means that an attempt went further. */
const BY_SESSION = /ERR_BLOCKED_BY_CLIENT/;
const BY_POLICY = /^refused by connect-src$/;
const NO_PROXY = /^DIRECT$/;

/**
 * Tries the network of the window layer by layer, in ways that a working network would answer or a dead one would let time out, so
 * that only a refusal by the window itself passes. Names are not looked up: Chromium would first try whether it has IPv6, with a
 * socket that sends nothing but is one.
 */
export async function probeWindow(session: Session, page: WebContents): Promise<Check[]> {
  const tried = async (name: string, attempt: () => Promise<unknown>, refused: RegExp): Promise<Check> => {
    const detail = await outcome(Promise.resolve().then(attempt));
    return {
      part: 'window',
      name,
      passed: refused.test(detail),
      detail,
      at: new Date().toISOString(),
    };
  };
  return Promise.all([
    tried('A request of the application', () => session.fetch(NOBODY), BY_SESSION),
    tried('A request of the page', () => page.executeJavaScript(PAGE_ATTEMPT), BY_POLICY),
    tried('A proxy', () => session.resolveProxy(NOBODY), NO_PROXY),
  ]);
}

/** Gives how the page's own attempt was stopped; its policy comes before the session. */
const PAGE_ATTEMPT = `new Promise(resolve => {
  document.addEventListener('securitypolicyviolation', event => resolve('refused by ' + event.effectiveDirective), { once: true });
  fetch(${JSON.stringify(NOBODY)}).then(() => resolve('answered'), error => setTimeout(() => resolve(String(error)), 500));
})`;
