import { climb, closestAcross } from "../page-tree";
import type { Platform } from "../platforms";
import type { Complaint } from "./complaint";
import { pageReviews } from "./page-reviews";
import { readAuthor, readMessage } from "./read-message";

type Rules = Platform["complaint"];

/** Find the message that a reply answers, seen from the field in which the reply is written. */
export function findComplaint(field: Element, platform: Platform): Complaint | null {
  const rules = platform.complaint;
  const container = findContainer(field, rules);
  const found = container && readMessage(container, rules);
  if (found) return found;
  // The page's own data names a review, not its place: only a single one can be meant.
  const [review, another] = pageReviews(document);
  return review && !another ? review : null;
}

/** Every message on a page where none is answered, in the page's order; the surest kind of container that has any. */
export function readMessages(page: Document, rules: Rules): Complaint[] {
  for (const selector of rules.container) {
    const messages = [...page.querySelectorAll(selector)];
    const outer = messages.filter((message) => !messages.some((other) => other !== message && other.contains(message)));
    const found = outer.flatMap((message) => readMessage(message, rules) ?? []);
    if (found.length > 0) return found;
  }
  return [];
}

/** Climb from the field within the scope; surer selectors are tried over the whole climb before weaker ones. */
function findContainer(field: Element, rules: Rules): Element | null {
  const scope = closest(field, rules.scope);
  for (const selector of rules.container) {
    for (const { around, inner } of climb(field)) {
      const found = messageAround(field, inner, around, selector, rules);
      if (found) return found;
      if (around === scope) break;
    }
  }
  return null;
}

/** The ancestor itself when it is one message; of several before the field, the one named in the field's label, else the nearest. */
function messageAround(field: Element, inner: Element, around: Element | ShadowRoot, selector: string, rules: Rules): Element | null {
  const inside = [...around.querySelectorAll(selector)].filter((message) => isBefore(message, inner) && readMessage(message, rules));
  const messages = inside.filter((message) => !inside.some((other) => other !== message && other.contains(message)));
  if (messages.length <= 1 && "matches" in around && around.matches(selector) && readMessage(around, rules)) return around;
  // "Reply to Lisa", "Beantwoord Lisa": the name stands in the label whatever the language.
  const label = `${field.getAttribute("aria-label") ?? ""} ${field.textContent ?? ""}`;
  const named = inside.findLast((message) => {
    const author = readAuthor(message, rules);
    return author !== null && label.includes(author);
  });
  return named ?? messages.at(-1) ?? null;
}

function isBefore(message: Element, field: Element): boolean {
  return message.compareDocumentPosition(field) === Node.DOCUMENT_POSITION_FOLLOWING;
}

function closest(field: Element, selectors: readonly string[] | undefined): Element | null {
  for (const selector of selectors ?? []) {
    const found = closestAcross(field, selector);
    if (found) return found;
  }
  return null;
}
