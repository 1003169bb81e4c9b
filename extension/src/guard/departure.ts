import { windows } from "../page-tree";

/** The editor as far as it matters here. */
interface Source {
  readonly element: HTMLElement;
  read(): string;
}

/** A text that went out. */
export interface Departed {
  readonly text: string;
  /** RFC 3339: when it was pressed. */
  readonly at: string;
}

/** A site that took longer than this to empty its editor may have emptied it for another reason. */
export const PATIENCE = 15_000;
/** A site that could not post puts the text back soon. */
export const STAYS_AWAY = 1_000;
const LOOK_EVERY = 100;
/** With these the user may empty or leave the editor without posting. */
const DEEDS = ["pointerdown", "keydown", "beforeinput", "cut", "drop", "pagehide"] as const;
/** Alone they do nothing, and those of Ctrl+Enter come around the press itself. */
const MODIFIERS: readonly string[] = ["Control", "Meta", "Shift", "Alt", "AltGraph"];

/**
 * Sees a text leave: a press that posts went through to the page, and then the editor was empty or gone while the user did
 * nothing else. It only looks, and where it cannot tell it says nothing.
 */
export class Departure {
  private watching = new AbortController();

  constructor(private readonly editor: Source) {}

  /** A press that posts the text as it stands was left to the page. */
  begin(onDeparted: (departed: Departed) => void): void {
    const text = this.editor.read();
    // Emptied by the first event of this very press: the watch is on already.
    if (text.trim() === "") return;
    this.watching.abort();
    this.watching = new AbortController();
    const watching = this.watching;
    const departed = { text, at: new Date().toISOString() };
    const pressedAt = performance.now();
    let leftAt: number | null = null;
    const look = () => {
      const now = performance.now();
      // Once it has left, the next reply may be begun at once.
      if (this.isThere(text) || (leftAt === null && !this.isEmptied())) {
        leftAt = null;
        if (now - pressedAt > PATIENCE) watching.abort();
      } else if (leftAt === null) {
        leftAt = now;
      } else if (now - leftAt >= STAYS_AWAY) {
        watching.abort();
        onDeparted(departed);
      }
    };
    const timer = setInterval(look, LOOK_EVERY);
    watching.signal.addEventListener("abort", () => clearInterval(timer));
    listen(watching.signal, () => {
      look();
      if (leftAt === null) watching.abort();
    });
  }

  private isEmptied(): boolean {
    return !this.editor.element.isConnected || this.editor.read().trim() === "";
  }

  /** Here or in another field: some sites make their editor anew with the text that they could not post. */
  private isThere(text: string): boolean {
    const { element } = this.editor;
    const fields = [...document.querySelectorAll<HTMLElement>("textarea, [contenteditable]")].map(textOf);
    if (element.isConnected) fields.push(this.editor.read());
    return fields.some((words) => withoutSpaces(words) === withoutSpaces(text));
  }
}

/** Hear of everything the user does, before the page does. */
function listen(signal: AbortSignal, onDeed: () => void): void {
  const hear = (event: Event) => {
    if (event.isTrusted && isDeed(event)) onDeed();
  };
  for (const around of windows()) {
    for (const deed of DEEDS) around.addEventListener(deed, hear, { capture: true, passive: true, signal });
    // The browser's own back button; a page that goes back by itself is told apart. Not every browser can.
    const { navigation } = around as { navigation?: EventTarget };
    navigation?.addEventListener("navigate", (event) => (event as { userInitiated?: boolean }).userInitiated && onDeed(), { signal });
  }
}

function isDeed(event: Event): boolean {
  if (event.type === "keydown") return !(event as KeyboardEvent).repeat && !MODIFIERS.includes((event as KeyboardEvent).key);
  // What is put in empties nothing, and the press itself may put a line break in.
  if (event.type === "beforeinput") return !(event as InputEvent).inputType.startsWith("insert");
  return true;
}

const textOf = (field: HTMLElement): string => (field instanceof HTMLTextAreaElement ? field.value : (field.textContent ?? ""));
const withoutSpaces = (text: string): string => text.replaceAll(/\s+/g, "");
