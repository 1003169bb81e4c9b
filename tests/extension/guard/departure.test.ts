import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Departed, Departure, PATIENCE, STAYS_AWAY } from "../../../extension/src/guard/departure";

const TEXT = "Dag Lisa,\nwat naar 😊";

describe("a text that leaves", () => {
  let field: HTMLTextAreaElement;
  let departed: Departed[];
  let departure: Departure;

  beforeEach(() => {
    vi.useFakeTimers();
    document.body.innerHTML = "<form><textarea></textarea></form><button>Sluit</button>";
    field = document.querySelector("textarea") as HTMLTextAreaElement;
    field.value = TEXT;
    departed = [];
    departure = new Departure({ element: field, read: () => field.value });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const press = () => departure.begin((one) => departed.push(one));
  const wait = (ms = STAYS_AWAY + 200) => vi.advanceTimersByTime(ms);
  /** What a user does, as far as a test can: the browser marks it. */
  const deed = (event: Event, target: EventTarget = field) => {
    Object.defineProperty(event, "isTrusted", { value: true });
    target.dispatchEvent(event);
  };
  const key = (name: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key: name, bubbles: true, ...more });
  const input = (inputType: string) => new InputEvent("beforeinput", { inputType, bubbles: true });

  it("is told once, with the text as it was pressed, when the site emptied its editor", () => {
    press();
    wait(4_000);
    field.value = "";
    wait();
    field.value = "De volgende";
    wait(PATIENCE);
    expect(departed.map(({ text }) => text)).toEqual([TEXT]);
    expect(Number.isNaN(Date.parse(departed[0]?.at ?? ""))).toBe(false);
  });

  it("is told when the editor is gone", () => {
    press();
    field.remove();
    wait();
    expect(departed).toHaveLength(1);
  });

  it("is told once for a press of many events, of which the first posts already", () => {
    press();
    press();
    field.value = "\n";
    press();
    wait();
    wait();
    expect(departed).toHaveLength(1);
  });

  it("is not told while the editor holds it", () => {
    press();
    wait(PATIENCE + 200);
    field.value = "";
    wait();
    expect(departed).toEqual([]);
  });

  it("is not told when nothing was there to post", () => {
    field.value = " \n";
    press();
    field.value = "";
    wait();
    expect(departed).toEqual([]);
  });

  it("is not told when the site puts it back because it could not post", () => {
    press();
    field.value = "";
    wait(STAYS_AWAY - 300);
    field.value = TEXT;
    wait(PATIENCE);
    expect(departed).toEqual([]);
  });

  it("is not told when the site made its editor anew with the same text", () => {
    press();
    field.outerHTML = `<div contenteditable="true"><p>Dag Lisa,</p><p>wat naar 😊</p></div>`;
    wait(PATIENCE);
    expect(departed).toEqual([]);
  });

  it.each([
    ["a key", () => deed(key("Backspace"))],
    ["Escape, which closes a dialog", () => deed(key("Escape"))],
    ["a press elsewhere", () => deed(new Event("pointerdown", { bubbles: true }), document.querySelector("button") as Element)],
    ["cutting", () => deed(new Event("cut", { bubbles: true }))],
    ["undoing from a menu", () => deed(input("historyUndo"))],
    ["leaving the page, to come back later", () => deed(new Event("pagehide"), window)],
  ])("is not told when the user did something else in between: %s", (_, act) => {
    press();
    wait(1_000);
    act();
    field.value = "";
    wait();
    expect(departed).toEqual([]);
  });

  it.each([
    ["the other keys of Ctrl+Enter", () => deed(key("Control"))],
    ["the posting key that is held down", () => deed(key("Enter", { repeat: true }))],
    ["the line break that it puts in", () => deed(input("insertLineBreak"))],
    ["a page's own event", () => field.dispatchEvent(key("Backspace"))],
  ])("is told all the same after %s", (_, act) => {
    press();
    act();
    field.value = "";
    wait();
    expect(departed).toHaveLength(1);
  });

  it("is told when the user goes on after it had left", () => {
    press();
    field.value = "";
    deed(key("D"));
    field.value = "De volgende";
    deed(key("e"));
    wait();
    expect(departed).toHaveLength(1);
  });
});
