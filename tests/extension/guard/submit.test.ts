import { beforeEach, describe, expect, it } from "vitest";
import { findSubmit, labelOf, submitKeyOf } from "../../../extension/src/guard/submit";
import { platforms } from "../../../extension/src/platforms";

const rulesOf = (id: string) => {
  const platform = platforms.find((one) => one.id === id);
  if (!platform) throw new Error(`no platform ${id}`);
  return platform.submit;
};
const select = (selector: string) => document.querySelector<HTMLElement>(selector) as HTMLElement;

describe("the button that posts", () => {
  it("of a form is its submit button, not the one that empties it", () => {
    document.body.innerHTML = `<form><textarea></textarea><button type="reset">Wis</button><button type="button">B</button><button>Plaats</button></form>`;
    expect(findSubmit(select("textarea"), rulesOf("generic"))?.textContent).toBe("Plaats");
  });

  it("without a form is the last one with words behind the field", () => {
    document.body.innerHTML = `<button>Zoek</button><div><div><p contenteditable="true">x</p></div><button>B</button><button>Plaats</button></div>`;
    expect(findSubmit(select("p"), rulesOf("generic"))?.textContent).toBe("Plaats");
  });

  it("is none when there is no button behind the field", () => {
    document.body.innerHTML = `<button>Zoek</button><textarea></textarea>`;
    expect(findSubmit(select("textarea"), rulesOf("generic"))).toBeNull();
  });

  it.each([
    ["<button>Plaats <b>nu</b></button>", "Plaats nu"],
    ['<button aria-label="Reageren">➤</button>', "Reageren"],
    ['<input type="submit" value="Verstuur">', "Verstuur"],
    ["<button></button>", ""],
  ])("%s says %j", (html, label) => {
    document.body.innerHTML = html;
    expect(labelOf(document.body.firstElementChild as HTMLElement)).toBe(label);
  });
});

describe("the key that posts", () => {
  let field: HTMLElement;
  beforeEach(() => {
    document.body.innerHTML = `<div id="field" contenteditable="true"></div>`;
    field = select("#field");
  });
  const key = (init: KeyboardEventInit) => new KeyboardEvent("keydown", { key: "Enter", ...init });

  it.each([
    ["facebook", {}, "Enter"],
    ["facebook", { shiftKey: true }, null],
    ["facebook", { isComposing: true }, null],
    ["facebook", { key: "a" }, null],
    ["x", {}, null],
    ["x", { ctrlKey: true }, "Ctrl+Enter"],
    ["x", { metaKey: true }, "Meta+Enter"],
    ["generic", { ctrlKey: true }, "Ctrl+Enter"],
  ] as const)("%s %o", (platform, init, expected) => {
    expect(submitKeyOf(key(init), field, rulesOf(platform))).toBe(expected);
  });

  it("is the site's own while a name is being chosen", () => {
    field.setAttribute("aria-activedescendant", "name-1");
    expect(submitKeyOf(key({}), field, rulesOf("facebook"))).toBeNull();
  });
});
