import { browser } from "wxt/browser";

/** A page is more than one tree: shadow roots and frames of the same origin hang in it. What is climbed here goes on through both. */

/** The shadow root of an element, closed to the page or not: an extension may look into both where the browser lets it. */
export function rootOf(element: Element): ShadowRoot | null {
  try {
    // Firefox has it on the element, Chromium beside the other functions for extensions.
    const { openOrClosedShadowRoot: own } = element as FirefoxElement;
    const root = own === undefined ? browser.dom?.openOrClosedShadowRoot(element as HTMLElement) : own;
    return (root as ShadowRoot | null | undefined) ?? element.shadowRoot;
  } catch {
    return element.shadowRoot; // an extension that was updated under the page
  }
}

/** What an event is about. Its own path ends at the host of a closed root: from there the place of the press, or the focus, leads on. */
export function targetOf(event: Event): EventTarget | null {
  const [target] = event.composedPath();
  if (!isElement(target) || rootOf(target)?.mode !== "closed") return target ?? null;
  let inner = target;
  for (let next = within(rootOf(inner), event); next; next = within(rootOf(inner), event)) inner = next;
  return inner;
}

function within(root: ShadowRoot | null, event: Event): Element | null {
  const place = placeOf(event);
  const found = place ? root?.elementFromPoint(place.clientX, place.clientY) : root?.activeElement;
  return found && root?.contains(found) ? found : null;
}

/** Where a pointer or finger pressed; null for a key, and for the click that a key makes. */
function placeOf(event: Event): Pick<MouseEvent, "clientX" | "clientY"> | null {
  if ("changedTouches" in event) return (event as TouchEvent).changedTouches[0] ?? null;
  if (!("clientX" in event) || (event.type === "click" && (event as MouseEvent).detail === 0)) return null;
  return event as MouseEvent;
}

/** The element of the outer tree in which this element's own tree hangs: a shadow host, or the frame of a page of the same origin. */
export function holderOf(element: Node): Element | null {
  const root = element.getRootNode();
  if (isShadowRoot(root)) return root.host;
  try {
    return root === document ? window.frameElement : null;
  } catch {
    return null; // a page of another origin
  }
}

/** Visit the ancestors, nearest first, each with the element of its own tree that holds where the climb began. */
export function* climb(start: Element): Generator<{ readonly around: Element | ShadowRoot; readonly inner: Element }> {
  for (let inner: Element | null = start; inner; inner = holderOf(inner)) {
    for (let around = inner.parentNode; around; around = around.parentNode) {
      if (around.nodeType === Node.ELEMENT_NODE || isShadowRoot(around)) yield { around: around as Element | ShadowRoot, inner };
    }
  }
}

/** `closest`, through shadow roots and frames. */
export function closestAcross(start: Element, selector: string): Element | null {
  for (let inner: Element | null = start; inner; inner = holderOf(inner)) {
    const found = inner.closest(selector);
    if (found) return found;
  }
  return null;
}

/** What has the focus, also within shadow roots. */
export function focusedElement(): Element | null {
  let focused = document.activeElement;
  for (let inner = focused; inner; inner = rootOf(inner)?.activeElement ?? null) focused = inner;
  return focused;
}

/** The selection as the tree of this element sees it; null where nothing in that tree is selected. */
export function rangeIn(element: Element): StaticRange | Range | null {
  const root = element.getRootNode();
  const selection = getSelection();
  if (!isShadowRoot(root)) return selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  return selection?.getComposedRanges?.({ shadowRoots: [root] })[0] ?? (root as ChromiumRoot).getSelection?.()?.getRangeAt(0) ?? null;
}

/** This page's window, and that of a page of the same origin around it. */
export function windows(): Window[] {
  try {
    return window.frameElement ? [window, window.parent] : [window];
  } catch {
    return [window];
  }
}

/** Where the user is: a frame that a page wrote itself has the address of that page. */
export function addressOf(page: Document): string {
  const { href, protocol } = page.location;
  if (protocol !== "about:") return href;
  try {
    return window.parent.location.href;
  } catch {
    return href;
  }
}

/** Nodes of another frame are instances of that frame's classes, so `instanceof` does not know them. */
export const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "nodeType" in value;

const isElement = (value: unknown): value is Element => isNode(value) && value.nodeType === Node.ELEMENT_NODE;

interface FirefoxElement extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

interface ChromiumRoot extends ShadowRoot {
  getSelection?(): Selection | null;
}

const isShadowRoot = (root: Node): root is ShadowRoot => "host" in root && root.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
