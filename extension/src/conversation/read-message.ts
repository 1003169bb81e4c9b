import type { Platform } from "../platforms";
import { type Complaint, LONGEST_READ, SHORTEST } from "./complaint";
import { original } from "./translation";
import { visibleText } from "./visible-text";

type Rules = Platform["complaint"];
const LONGEST_NAME = 80;

/** Read one message of a customer; null when it holds nothing long enough to be a complaint. */
export function readMessage(container: Element, rules: Rules): Complaint | null {
  const text = original(readText(container, rules), rules.translation);
  if (text.length < SHORTEST) return null;
  return {
    text: text.slice(0, LONGEST_READ),
    author: readAuthor(container, rules),
    postedAt: readTime(container, rules),
    rating: readRating(container, rules),
    source: "page",
  };
}

function readText(container: Element, rules: Rules): string {
  const left = [...(rules.quoted ?? []), ...(rules.skip ?? [])];
  const isLeft = (part: Element) => left.some((selector) => part.matches(selector));
  for (const selector of rules.text) {
    const found = [...container.querySelectorAll(selector)].filter((part) => !isLeft(part) && !isInside(part, container, left));
    const outer = found.filter((part) => !found.some((other) => other !== part && other.contains(part)));
    const text = outer.flatMap((part) => visibleText(part, isLeft) ?? []).join("\n");
    if (text.length >= SHORTEST) return text;
  }
  return visibleText(container, isLeft) ?? "";
}

export function readAuthor(container: Element, rules: Rules): string | null {
  for (const part of findParts(container, rules.author, rules)) {
    const name = (part.getAttribute("content") ?? visibleText(part))?.split("\n")[0]?.trim();
    if (name && name.length <= LONGEST_NAME) return name;
  }
  return null;
}

function readTime(container: Element, rules: Rules): string | null {
  for (const part of findParts(container, rules.time, rules)) {
    const time = new Date(part.getAttribute("datetime") ?? part.getAttribute("content") ?? "");
    if (!Number.isNaN(time.getTime())) return time.toISOString();
  }
  return null;
}

/** "1 van de 5 sterren", "4,5 out of 5", content="3": the first number. */
function readRating(container: Element, rules: Rules): number | null {
  for (const part of findParts(container, rules.rating, rules)) {
    const label = part.getAttribute("content") ?? part.getAttribute("aria-label") ?? ratingIn(part) ?? visibleText(part) ?? "";
    const number = /\d+(?:[.,]\d+)?/.exec(label)?.[0];
    const rating = number ? Number(number.replace(",", ".")) : Number.NaN;
    if (rating >= 0 && rating <= 10) return rating;
  }
  return null;
}

/** Trustpilot's `data-service-review-rating`, or the name of a picture of stars. */
function ratingIn(part: Element): string | null {
  const named = [...part.attributes].find(({ name }) => /^data-.*rating$/.test(name));
  return named?.value ?? part.getAttribute("alt");
}

function findParts(container: Element, selectors: readonly string[] | undefined, rules: Rules): Element[] {
  const quoted = rules.quoted ?? [];
  return (selectors ?? []).flatMap((selector) =>
    [...container.querySelectorAll(selector)].filter((part) => !isInside(part, container, quoted)),
  );
}

function isInside(part: Element, container: Element, selectors: readonly string[]): boolean {
  for (let around = part.parentElement; around && around !== container; around = around.parentElement) {
    const element = around;
    if (selectors.some((selector) => element.matches(selector))) return true;
  }
  return false;
}
