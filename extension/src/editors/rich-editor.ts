import { rangeIn } from "../page-tree";
import type { Span } from "../spans";
import type { Change, Editor, EditorKind } from "./editor";
import { type RichText, readRichText } from "./rich-text";

/** How each editor marks its own element (knowledge/site-adapters.md, 2). */
const KINDS: readonly (readonly [EditorKind, string])[] = [
  ["draft-js", ".public-DraftEditor-content"],
  ["lexical", '[data-lexical-editor="true"]'],
  ["prosemirror", ".ProseMirror"],
  ["quill", ".ql-editor"],
  ["slate", '[data-slate-editor="true"]'],
  ["ckeditor", ".ck-editor__editable"],
];

/** Any editor in which the browser itself moves the caret: plain contenteditable and the editors that build on it. */
export class RichEditor implements Editor {
  readonly kind: EditorKind;
  /** The text as last read, good until the observer has something to tell. */
  private known: RichText | null = null;
  private watched: { readonly observer: MutationObserver; readonly onChange: (how: Change) => void } | null = null;

  constructor(readonly element: HTMLElement) {
    this.kind = KINDS.find(([, selector]) => element.matches(selector))?.[0] ?? "contenteditable";
  }

  read(): string {
    return this.content().text;
  }

  most(): null {
    return null;
  }

  /** Rich editors fire `input` for about half of the edits only, hence the observer (knowledge/site-adapters.md, 0.2). */
  watch(onChange: (how: Change) => void, signal: AbortSignal): void {
    const observer = new MutationObserver(() => {
      this.known = null;
      onChange("typed");
    });
    observer.observe(this.element, { childList: true, characterData: true, subtree: true });
    this.watched = { observer, onChange };
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.watched = this.known = null;
    });
    this.element.addEventListener("input", () => onChange("typed"), { signal });
    this.element.addEventListener("paste", () => queueMicrotask(() => onChange("pasted")), { signal });
    this.element.addEventListener("compositionend", () => onChange("typed"), { signal });
  }

  locate(span: Span): readonly Range[] {
    return this.content().ranges(span);
  }

  selection(): Span | null {
    const selected = rangeIn(this.element);
    if (!selected) return null;
    const { startContainer, startOffset, endContainer, endOffset } = selected;
    const text = this.content();
    const start = text.offset({ node: startContainer, offset: startOffset });
    const end = text.offset({ node: endContainer, offset: endOffset });
    return start === null || end === null ? null : { start, end };
  }

  select({ start, end }: Span): void {
    const text = this.content();
    const [anchor, focus] = [text.point(start), text.point(end)];
    if (!anchor || !focus) return;
    this.element.focus({ preventScroll: true });
    getSelection()?.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
  }

  /**
   * Paste first: Draft.js breaks on execCommand over a whole text, Slate and CKEditor ignore it. An editor that takes the paste
   * prevents its default; plain contenteditable does not, and Firefox hides our DataTransfer from the page, so there only execCommand
   * is right (knowledge/platform-notes.md, A4).
   */
  insert(text: string): boolean {
    if (!navigator.userAgent.includes("Firefox")) {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true });
      if (!this.element.dispatchEvent(paste)) return true;
    }
    return document.execCommand("insertText", false, text);
  }

  private content(): RichText {
    if (!this.watched) return readRichText(this.element);
    const { observer, onChange } = this.watched;
    if (observer.takeRecords().length > 0) {
      this.known = null;
      queueMicrotask(() => onChange("typed"));
    }
    this.known ??= readRichText(this.element);
    return this.known;
  }
}
