import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { focusedElement, rootOf, targetOf } from "../../extension/src/page-tree";

type Dom = { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
const chromium = fakeBrowser as unknown as { dom?: Dom | undefined };

describe("shadow roots", () => {
  let roots: Map<Element, ShadowRoot>;
  let host: HTMLElement;
  let field: HTMLTextAreaElement;

  beforeEach(() => {
    document.body.innerHTML = "<p></p><div></div>";
    host = document.querySelector("div") as HTMLElement;
    const root = host.attachShadow({ mode: "closed" });
    root.innerHTML = "<textarea></textarea>";
    field = root.querySelector("textarea") as HTMLTextAreaElement;
    roots = new Map([[host, root]]);
    chromium.dom = { openOrClosedShadowRoot: (element) => roots.get(element) ?? null };
  });
  afterEach(() => {
    chromium.dom = undefined;
  });

  const about = (type: string) => {
    let target: EventTarget | null = null;
    const hear = (event: Event) => {
      target = targetOf(event);
    };
    document.addEventListener(type, hear, { once: true });
    // As a browser shows it outside: the path ends at the host.
    host.dispatchEvent(new KeyboardEvent(type, { key: "Enter", bubbles: true }));
    return target;
  };

  it("are entered although they are closed to the page", () => {
    expect(rootOf(host)?.querySelector("textarea")).toBe(field);
    expect(rootOf(document.querySelector("p") as Element)).toBeNull();
  });

  it("lead an event on to what has the focus", () => {
    field.focus();
    expect(about("keydown")).toBe(field);
  });

  it("stay shut where the browser has no key to them", () => {
    chromium.dom = undefined;
    field.focus();
    expect(rootOf(host)).toBeNull();
    expect(about("keydown")).toBe(host);
    expect(focusedElement()).not.toBe(field);
  });

  it("stay shut under an extension that was updated", () => {
    chromium.dom = {
      openOrClosedShadowRoot: () => {
        throw new Error("Extension context invalidated.");
      },
    };
    expect(rootOf(host)).toBeNull();
    expect(about("keydown")).toBe(host);
  });

  it("are entered when they are open, whatever the browser", () => {
    chromium.dom = undefined;
    const open = document.querySelector("p") as HTMLElement;
    const root = open.attachShadow({ mode: "open" });
    root.innerHTML = "<button>Plaats</button>";
    expect(rootOf(open)).toBe(root);
  });
});
