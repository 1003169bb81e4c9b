import { firstGap, type Span } from "../spans";
import type { Editor } from "./editor";

/**
 * replaced: the editor holds exactly what was meant. changed: the text moved on before anything was done.
 * no-room: the editor would cut it off, so nothing was done.
 * copied, not-copied: the editor did not do it; the words are on the clipboard, or not even that.
 */
export type Replaced = "replaced" | "changed" | "no-room" | "copied" | "not-copied";

/** Editors learn of a new selection a little later; Slate needs the most (knowledge/site-adapters.md, 2). */
const SELECTION_SETTLES = 100;
const READ_BACK = [30, 50, 100, 200, 300, 600] as const;

/** Replace words, then read back. There is never a second try: an editor that commits late would hold the words twice. */
export async function replaceWords(editor: Editor, span: Span, words: string, rewrite: string): Promise<Replaced> {
  const before = editor.read();
  if (before.slice(span.start, span.end) !== words) return "changed";
  const meant = before.slice(0, span.start) + rewrite + before.slice(span.end);
  if (rewrite !== "" && meant.length > (editor.most() ?? meant.length)) return "no-room";
  editor.select(span);
  await pause(SELECTION_SETTLES);
  if (editor.read() !== before) return "changed";
  editor.insert(rewrite);
  if (!(await readsBack(editor, meant))) return copy(rewrite);
  selectGap(editor, span.start, rewrite);
  return "replaced";
}

async function readsBack(editor: Editor, meant: string): Promise<boolean> {
  for (const delay of READ_BACK) {
    await pause(delay);
    if (sameWords(editor.read(), meant)) return true;
  }
  return false;
}

/** Editors differ in what they make of an empty line, and in nothing else (knowledge/site-adapters.md, 2). */
function sameWords(a: string, b: string): boolean {
  const level = (text: string) => text.replaceAll(/\n+/g, "\n").trimEnd();
  return level(a) === level(b);
}

async function copy(text: string): Promise<Replaced> {
  try {
    await navigator.clipboard.writeText(text.trim());
    return "copied";
  } catch {
    return "not-copied";
  }
}

/** Put the selection on the first [gap], so that the writer can type over it. */
function selectGap(editor: Editor, start: number, rewrite: string): void {
  const gap = firstGap(rewrite);
  if (!gap) return;
  const text = editor.read();
  const words = rewrite.slice(gap.start, gap.end);
  const at = text.indexOf(words, Math.max(0, start - 2));
  if (at >= 0) editor.select({ start: at, end: at + words.length });
}

const pause = (delay: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delay));
