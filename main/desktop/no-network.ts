import type { App, Session } from 'electron';
import { PAGE_ORIGIN } from './page-files.ts';

/**
 * What Chromium does by itself over a network, switched off before it starts. WebRTC cannot be switched off; it is left without an
 * address to use and without the responder that it would open.
 */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['no-proxy-server'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  [
    'disable-features',
    'AsyncDns,DnsOverHttps,OptimizationHints,MediaRouter,DialMediaRouteProvider,CertificateTransparencyComponentUpdater,Translate,AutofillServerCommunication,NetworkTimeServiceQuerying,WebRtcHideLocalIpsWithMdns',
  ],
];

/** To be called before the application is ready. */
export function switchNetworkOff(app: App): void {
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value);
}

/**
 * Refuses everything in a session that is not the page itself: requests, permissions, devices, downloads, dictionaries,
 * proxies.
 */
export async function denyAll(session: Session): Promise<void> {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isOwn(details.url) });
  });
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setCertificateVerifyProc((_request, answer) => answer(-2));
  session.on('will-download', event => event.preventDefault());
  session.on('select-serial-port', event => event.preventDefault());
  session.on('select-hid-device', event => event.preventDefault());
  session.on('select-usb-device', event => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerLanguages([]);
  await session.setProxy({ mode: 'direct' });
}

/** Whether an address is the page's own; the inspector's is needed while it is allowed at all. */
function isOwn(address: string): boolean {
  return (
    address.startsWith(`${PAGE_ORIGIN}/`) || address.startsWith('devtools://') || address.startsWith('data:')
  );
}
