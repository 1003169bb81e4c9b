import { type Complaint, LONGEST_READ } from "./complaint";

/** Remembers the last text that the user selected outside the field, since clicking a button takes the selection away. */
export class PageSelection {
  private last = "";

  constructor(isOutside: (node: Node) => boolean, signal: AbortSignal) {
    document.addEventListener(
      "selectionchange",
      () => {
        const selection = getSelection();
        const text = selection?.toString().trim() ?? "";
        if (text && selection?.anchorNode && isOutside(selection.anchorNode)) this.last = text;
      },
      { signal },
    );
  }

  get text(): string {
    return this.last;
  }
}

/** The user's own choice of complaint; what the page said about its author stays while the text is still part of it. */
export function chosenComplaint(text: string, source: "selection" | "writer", before: Complaint | null): Complaint | null {
  const chosen = text.trim().slice(0, LONGEST_READ);
  if (!chosen) return null;
  const isSameMessage = before !== null && (source === "writer" || before.text.includes(chosen));
  return { author: null, postedAt: null, rating: null, ...(isSameMessage ? before : {}), text: chosen, source };
}
