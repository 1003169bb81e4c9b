import { hasOwnLine } from "../own-line";

// Facebook sprinkles these through its texts, and nodes with nothing but digits or single letters (knowledge/site-adapters.md, 1.2).
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g;
const DECOY = /^(?:\d+|(?:\p{L} ){2,}\p{L})$/u;
const NEVER_READ = "script, style, template, noscript, svg";

/** What a person can read of an element, line by line; null when that is nothing. */
export function visibleText(element: Element, skip: (part: Element) => boolean = () => false): string | null {
  const lines: string[] = [""];
  const breakLine = () => {
    if (lines.at(-1)?.trim()) lines.push("");
  };
  const walk = (part: Element) => {
    for (const child of part.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) lines.push(`${lines.pop() ?? ""}${child.nodeValue ?? ""}`);
      else if (child.nodeType === Node.ELEMENT_NODE) walkElement(child as Element);
    }
  };
  const walkElement = (child: Element) => {
    if (child.tagName === "BR") return void lines.push("");
    // X and Facebook draw an emoji as a picture that is named by it.
    if (child.tagName === "IMG") return void lines.push(`${lines.pop() ?? ""}${emojiOf(child)}`);
    if (skip(child) || child.matches(NEVER_READ) || isHidden(child)) return;
    const isLine = hasOwnLine(child);
    if (isLine) breakLine();
    walk(child);
    if (isLine) breakLine();
  };
  walk(element);
  const text = lines
    .map((line) => line.replaceAll(INVISIBLE, "").replaceAll(/\s+/g, " ").trim())
    .filter((line, index, all) => line !== "" || all[index - 1] !== "")
    .join("\n")
    .trim();
  return text && !DECOY.test(text) ? text : null;
}

export function isHidden(element: Element): boolean {
  if (element.getAttribute("aria-hidden") === "true" && element.getAttribute("role") !== "img") return true;
  const style = getComputedStyle(element);
  return style.display === "none" || style.visibility === "hidden" || style.opacity === "0";
}

function emojiOf(image: Element): string {
  const name = image.getAttribute("alt") ?? "";
  return /\p{Extended_Pictographic}/u.test(name) ? name : "";
}
