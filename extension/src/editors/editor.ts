import type { Span } from "../spans";

export type EditorKind = "field" | "contenteditable" | "draft-js" | "lexical" | "prosemirror" | "quill" | "slate" | "ckeditor";

/** One kind of text field. Offsets are UTF-16 code units of what `read` gives. */
export interface Editor {
  readonly kind: EditorKind;
  /** The element that has the focus while one types. */
  readonly element: HTMLElement;
  read(): string;
  /** The most code units that it takes; null where it sets no limit of its own. */
  most(): number | null;
  /** Call back on everything that may have changed the text, whoever did it. */
  watch(onChange: (how: Change) => void, signal: AbortSignal): void;
  /** Where the words stand now, as ranges that can be painted and measured. Empty: not on the page. */
  locate(span: Span): readonly Range[];
  /** What is selected in it; a caret is an empty span. Null: the selection is elsewhere. */
  selection(): Span | null;
  /** Select words, as the user would. */
  select(span: Span): void;
  /** Put text in the place of the selected words, as if the user had; true when the editor took part. Never called twice for one wish. */
  insert(text: string): boolean;
}

/** paste: a whole text may have come in at once. */
export type Change = "typed" | "pasted";

/** Fields re-read their text at least this often while in use: a site may set it without any event. */
export const SAFETY_INTERVAL = 1_000;
