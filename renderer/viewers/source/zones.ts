import type { editor } from 'monaco-editor';

/** Space under a line, with a place in it for what stands there. */
export interface Zone {
  readonly key: string;
  readonly line: number;
}

interface Placed extends Zone {
  readonly node: HTMLElement;
  readonly widget: editor.IOverlayWidget;
  readonly zone: editor.IViewZone;
  readonly id: string;
  readonly observer: ResizeObserver;
}

/**
 * Things that stand between lines. Monaco hides its own zones from readers of the screen, so a zone only keeps the space and an
 * overlay widget at the same height holds what is shown.
 */
export class Zones {
  readonly #editor: editor.ICodeEditor;
  readonly #placed = new Map<string, Placed>();

  constructor(theEditor: editor.ICodeEditor) {
    this.#editor = theEditor;
  }

  /** Makes the zones be these; gives the element of each, in which the caller draws. */
  set(wanted: readonly Zone[]): ReadonlyMap<string, HTMLElement> {
    const keep = new Map(wanted.map(zone => [zone.key, zone]));
    for (const [key, placed] of this.#placed) {
      if (keep.get(key)?.line !== placed.line) this.#remove(placed);
    }
    for (const zone of wanted) if (!this.#placed.has(zone.key)) this.#add(zone);
    return new Map([...this.#placed].map(([key, { node }]) => [key, node]));
  }

  dispose(): void {
    for (const placed of this.#placed.values()) placed.observer.disconnect();
    this.#placed.clear();
  }

  #add({ key, line }: Zone): void {
    const node = document.createElement('div');
    node.className = 'source-zone';
    const outer = document.createElement('div');
    outer.className = 'source-zone-place';
    outer.append(node);
    const { contentLeft } = this.#editor.getLayoutInfo();
    outer.style.left = `${contentLeft}px`;
    const widget: editor.IOverlayWidget = {
      getId: () => `zone ${key}`,
      getDomNode: () => outer,
      getPosition: () => null,
    };
    const zone: editor.IViewZone = {
      afterLineNumber: line,
      heightInPx: 1,
      domNode: document.createElement('div'),
      onDomNodeTop: top => {
        outer.style.top = `${top}px`;
      },
    };
    this.#editor.addOverlayWidget(widget);
    let id = '';
    this.#editor.changeViewZones(zones => {
      id = zones.addZone(zone);
    });
    const observer = new ResizeObserver(() => {
      const height = node.offsetHeight;
      if (height === zone.heightInPx) return;
      zone.heightInPx = height;
      this.#editor.changeViewZones(zones => zones.layoutZone(id));
    });
    observer.observe(node);
    this.#placed.set(key, { key, line, node, widget, zone, id, observer });
  }

  #remove({ key, widget, id, observer }: Placed): void {
    observer.disconnect();
    this.#editor.removeOverlayWidget(widget);
    this.#editor.changeViewZones(zones => zones.removeZone(id));
    this.#placed.delete(key);
  }
}
