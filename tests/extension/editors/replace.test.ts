import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Editor } from "../../../extension/src/editors/editor";
import { replaceWords } from "../../../extension/src/editors/replace";
import type { Span } from "../../../extension/src/spans";

/** An editor on paper, which can misbehave as real ones do. */
class PaperEditor implements Editor {
  readonly kind = "contenteditable";
  readonly element = document.createElement("div");
  selected: Span = { start: 0, end: 0 };
  inserted = 0;
  room: number | null = null;
  constructor(
    public text: string,
    private readonly commit: (editor: PaperEditor, text: string) => void,
  ) {}
  read = () => this.text;
  most = (): number | null => this.room;
  watch = () => undefined;
  locate = () => [];
  selection = () => this.selected;
  select = (span: Span) => {
    this.selected = span;
  };
  insert = (text: string) => {
    this.inserted++;
    this.commit(this, text);
    return true;
  };
}
const obey = (editor: PaperEditor, text: string) => {
  editor.text = editor.text.slice(0, editor.selected.start) + text + editor.text.slice(editor.selected.end);
};
const DRAFT = "Dag. U had moeten lezen. Groet";
const SPAN = { start: 5, end: 24 };
const WORDS = DRAFT.slice(SPAN.start, SPAN.end);

describe("replacing words", () => {
  const copied: string[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    copied.length = 0;
    vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => void copied.push(text) } });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const replace = async (editor: Editor, rewrite: string, span = SPAN, words = WORDS) => {
    const outcome = replaceWords(editor, span, words, rewrite);
    await vi.runAllTimersAsync();
    return outcome;
  };

  it("reads back what it did", async () => {
    const editor = new PaperEditor(DRAFT, obey);
    expect(await replace(editor, "Wij zoeken het uit.")).toBe("replaced");
    expect(editor.text).toBe("Dag. Wij zoeken het uit. Groet");
  });

  it("never puts in more than the field takes: it would be cut off", async () => {
    const editor = new PaperEditor(DRAFT, obey);
    editor.room = DRAFT.length;
    expect(await replace(editor, `${WORDS}!`)).toBe("no-room");
    expect([editor.text, editor.inserted, copied]).toEqual([DRAFT, 0, []]);
    expect(await replace(editor, "x".repeat(WORDS.length))).toBe("replaced");
  });

  it("takes words out of a text that is too long already", async () => {
    const editor = new PaperEditor(DRAFT, obey);
    editor.room = 3;
    expect(await replace(editor, "")).toBe("replaced");
  });

  it("waits for an editor that commits late, and never tries twice", async () => {
    const editor = new PaperEditor(DRAFT, (self, text) => setTimeout(() => obey(self, text), 120));
    expect(await replace(editor, "Wij zoeken het uit.")).toBe("replaced");
    expect(editor.inserted).toBe(1);
  });

  it("copies the words when the editor did something else", async () => {
    const editor = new PaperEditor(DRAFT, (self, text) => {
      self.text += text + text;
    });
    expect(await replace(editor, "Wij zoeken het uit.")).toBe("copied");
    expect(copied).toEqual(["Wij zoeken het uit."]);
    expect(editor.inserted).toBe(1);
  });

  it("says so when even copying is refused", async () => {
    vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("no")) } });
    expect(await replace(new PaperEditor(DRAFT, () => undefined), "Wij.")).toBe("not-copied");
  });

  it("leaves a text alone that changed meanwhile", async () => {
    const editor = new PaperEditor(`Hoi. ${DRAFT}`, obey);
    expect(await replace(editor, "Wij.")).toBe("changed");
    expect(editor.inserted).toBe(0);
  });

  it("allows for editors that make one line break of two", async () => {
    const editor = new PaperEditor(DRAFT, (self, text) => obey(self, text.replaceAll("\n\n", "\n")));
    expect(await replace(editor, "Eén.\n\nTwee.")).toBe("replaced");
  });

  it("puts the selection on the first gap", async () => {
    const editor = new PaperEditor(DRAFT, obey);
    await replace(editor, "\nGroet, [naam], [functie]", { start: DRAFT.length, end: DRAFT.length }, "");
    expect(editor.text.slice(editor.selected.start, editor.selected.end)).toBe("[naam]");
  });
});
