import type { AssayBridge } from '../../main/contract/bridge.ts';

/** The one way out of this page, as the preload gave it. */
export function bridge(): AssayBridge {
  return window.assay;
}
