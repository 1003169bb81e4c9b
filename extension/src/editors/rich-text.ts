import { hasOwnLine } from "../own-line";
import type { Span } from "../spans";

/** A caret position in the page. */
export interface Point {
  readonly node: Node;
  readonly offset: number;
}

/** The text of a rich editor as it will be posted, with the place of every code unit. */
export interface RichText {
  readonly text: string;
  /** Ranges that cover a span, one for each stretch of text node. */
  ranges(span: Span): Range[];
  /** Where a caret at this offset stands. */
  point(offset: number): Point | null;
  /** At which offset a caret stands; null outside the text. */
  offset(point: Point): number | null;
}

/** A stretch of the text and the node it stands in. */
interface Piece {
  readonly node: Node;
  readonly start: number;
  readonly length: number;
  /** Where the stretch begins within the node. */
  readonly from: number;
}

// Editors put these in empty or decorated places; they are never posted.
const INVISIBLE = /[\u200B\uFEFF]+/;
const NEVER_READ = new Set(["STYLE", "SCRIPT", "TEMPLATE", "SVG"]);

/** Read a rich editor line by line: `innerText` gives up to five line breaks for one (knowledge/site-adapters.md, 2). */
export function readRichText(root: HTMLElement): RichText {
  const pieces: Piece[] = [];
  let text = "";
  let hasLines = false;
  let isLineOpen = false;
  const beginLine = () => {
    if (hasLines) text += "\n";
    hasLines = true;
    isLineOpen = true;
  };
  const add = (node: Node, from: number, content: string) => {
    if (!isLineOpen) beginLine();
    pieces.push({ node, from, start: text.length, length: content.length });
    text += content;
  };
  const addText = (node: Text) => {
    let from = 0;
    for (const content of node.data.split(INVISIBLE)) {
      from = node.data.indexOf(content, from);
      if (content) add(node, from, content.replaceAll("\u00A0", " "));
      from += content.length;
    }
  };
  const walk = (parent: Element) => {
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) addText(child as Text);
      else if (child.nodeType === Node.ELEMENT_NODE) walkElement(child as Element);
    }
  };
  const walkElement = (element: Element) => {
    if (element.tagName === "BR") {
      if (!isFiller(element, root)) add(element, 0, "\n");
    } else if (isBlock(element)) {
      isLineOpen = false;
      if (![...element.children].some(isBlock)) {
        beginLine();
        pieces.push({ node: element, from: 0, start: text.length, length: 0 });
      }
      walk(element);
      isLineOpen = false;
    } else if (isRead(element)) {
      walk(element);
    }
  };
  walk(root);
  return {
    text,
    ranges: (span) => rangesOf(pieces, span),
    point: (offset) => pointAt(pieces, offset),
    offset: (point) => offsetOf(pieces, point),
  };
}

function isRead(element: Element): boolean {
  return element.getAttribute("contenteditable") !== "false" && !NEVER_READ.has(element.tagName.toUpperCase());
}

function isBlock(element: Element): boolean {
  return isRead(element) && hasOwnLine(element);
}

/** A line break at the end of a line shows nothing: browsers and editors put it there to keep an empty line open. */
function isFiller(lineBreak: Element, root: Element): boolean {
  for (let node: Node = lineBreak; node !== root; ) {
    const next = node.nextSibling;
    if (next) return next.nodeType === Node.ELEMENT_NODE && isBlock(next as Element);
    const parent = node.parentElement;
    if (!parent || isBlock(parent)) return true;
    node = parent;
  }
  return true;
}

function rangesOf(pieces: readonly Piece[], span: Span): Range[] {
  return pieces.flatMap(({ node, start, length, from }) => {
    const begin = Math.max(span.start, start);
    const end = Math.min(span.end, start + length);
    if (begin >= end || node.nodeType !== Node.TEXT_NODE) return [];
    const range = document.createRange();
    range.setStart(node, from + begin - start);
    range.setEnd(node, from + end - start);
    return [range];
  });
}

/** At the border of two pieces the caret stands behind the first, unless a line ends between them. */
function pointAt(pieces: readonly Piece[], offset: number): Point | null {
  const touching = pieces.filter(({ start, length }) => start <= offset && offset <= start + length);
  const piece = touching.find(({ node }) => node.nodeType === Node.TEXT_NODE) ?? touching[0];
  if (!piece) return null;
  if (piece.node.nodeName !== "BR") return { node: piece.node, offset: piece.from + offset - piece.start };
  const parent = piece.node.parentNode;
  if (!parent) return null;
  const index = [...parent.childNodes].indexOf(piece.node as ChildNode);
  return { node: parent, offset: index + (offset > piece.start ? 1 : 0) };
}

function offsetOf(pieces: readonly Piece[], { node, offset }: Point): number | null {
  if (node.nodeType === Node.TEXT_NODE) {
    const piece = pieces.find(({ node: own, from, length }) => own === node && from <= offset && offset <= from + length);
    return piece ? piece.start + offset - piece.from : null;
  }
  // Between two children: before the text of the next one, or behind that of the last.
  const next = node.childNodes[offset];
  const following = pieces.find((piece) => next?.contains(piece.node));
  const inside = pieces.findLast((piece) => node.contains(piece.node));
  return following?.start ?? (inside ? inside.start + inside.length : null);
}
