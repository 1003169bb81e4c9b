import type { Span } from "../spans";
import type { Change, Editor } from "./editor";
import type { Mirror } from "./mirror";

/** A textarea or an input of one line. Its words cannot be painted, so a mirror of it is. */
export class FieldEditor implements Editor {
  readonly kind = "field";

  constructor(
    readonly element: HTMLTextAreaElement | HTMLInputElement,
    private readonly mirror: Mirror,
  ) {}

  read(): string {
    return this.element.value;
  }

  /** The attribute holds back a hand that types; of what a program puts in, the rest would be cut off without a word. */
  most(): number | null {
    return this.element.maxLength >= 0 ? this.element.maxLength : null;
  }

  watch(onChange: (how: Change) => void, signal: AbortSignal): void {
    const listener = (event: Event) => onChange((event as InputEvent).inputType === "insertFromPaste" ? "pasted" : "typed");
    this.element.addEventListener("input", listener, { signal });
    this.element.addEventListener("change", listener, { signal });
    this.element.addEventListener("compositionend", listener, { signal });
    this.element.form?.addEventListener("reset", () => queueMicrotask(() => onChange("typed")), { signal });
  }

  locate(span: Span): readonly Range[] {
    return this.mirror.locate(this.element, span);
  }

  /** A field keeps its own selection while the focus is elsewhere. */
  selection(): Span {
    return { start: this.element.selectionStart ?? 0, end: this.element.selectionEnd ?? 0 };
  }

  select({ start, end }: Span): void {
    this.element.focus({ preventScroll: true });
    this.element.setSelectionRange(start, end);
  }

  /** Setting `value` would empty the undo stack and escape React (knowledge/platform-notes.md, A4). */
  insert(text: string): boolean {
    return document.execCommand("insertText", false, text);
  }
}
