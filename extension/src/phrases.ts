import { browser } from "wxt/browser";
import type { Warning } from "./companion/contract";
import type { Finding } from "./reading/findings";
import type { Span } from "./spans";
import type { Speaker, TextKey } from "./texts";

/** Words that the user calls their own (a slogan, a way of speaking): one check says nothing of them any more, in any field. */
export interface Phrase {
  readonly check: string;
  /** As they were marked; compared without case, and with white space and quotes folded. */
  readonly words: string;
  /** RFC 3339. */
  readonly since: string;
}

/** What became of keeping a phrase. */
export interface Keeping {
  readonly state: "kept" | "too-long" | "full" | "failed";
}

export const MOST_PHRASES = 200;
/** In UTF-16 code units. */
export const LONGEST_PHRASE = 300;
const LONGEST_CHECK = 60;

const TOLD = {
  kept: "phrases.kept",
  "too-long": "phrases.too_long",
  full: "phrases.full",
  failed: "phrases.failed",
} as const satisfies Record<Keeping["state"], TextKey>;

/** What became of it, for the user. */
export function toldOf({ state }: Keeping, { say }: Speaker): string {
  return say(TOLD[state], { most: state === "full" ? MOST_PHRASES : LONGEST_PHRASE });
}

/** Written by the service worker only (worker/phrase-store.ts). */
export const PHRASES_KEY = "phrases";

export async function loadPhrases(): Promise<Phrase[]> {
  return sound((await browser.storage.local.get(PHRASES_KEY))[PHRASES_KEY]);
}

export function watchPhrases(onChange: (phrases: readonly Phrase[]) => void, signal: AbortSignal): void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area === "local" && changes[PHRASES_KEY]) onChange(sound(changes[PHRASES_KEY].newValue));
  };
  browser.storage.onChanged.addListener(listener);
  signal.addEventListener("abort", () => browser.storage?.onChanged.removeListener(listener));
}

/** Of a damaged list the phrases that can be read, the newest of too many. */
function sound(stored: unknown): Phrase[] {
  return Array.isArray(stored) ? stored.filter(isPhrase).slice(-MOST_PHRASES) : [];
}

function isPhrase(one: unknown): one is Phrase {
  if (typeof one !== "object" || one === null) return false;
  const { check, words, since } = one as Record<string, unknown>;
  return (
    isCheck(check) && isWords(words) && words.length <= LONGEST_PHRASE && typeof since === "string" && !Number.isNaN(Date.parse(since))
  );
}

export function isCheck(one: unknown): one is string {
  return typeof one === "string" && one !== "" && one.length <= LONGEST_CHECK;
}

export function isWords(one: unknown): one is string {
  return typeof one === "string" && one.trim() !== "";
}

/** Whether a finding is about the words it marks, and not about what the whole draft is or lacks. */
export function isAboutWords({ seen_by: seenBy, text }: Warning): boolean {
  return seenBy !== "structure" && text.trim() !== "";
}

/** What must be confirmed (somebody's data, a threat) is asked each time: what was fine once may harm somebody else. */
export function mayBeOurs(warning: Warning): boolean {
  return isAboutWords(warning) && warning.level !== "hold";
}

/** Whether the marked words stand within one of the phrases, here in the text: a word of a slogan is heard elsewhere. */
export function isOurs({ warning, span }: Finding, text: string, phrases: readonly Phrase[]): boolean {
  if (phrases.length === 0 || !mayBeOurs(warning)) return false;
  const { start, end } = withoutEdges(text, span);
  const words = fold(text.slice(start, end));
  if (words === "") return false;
  const isAround = (place: Span) => place.start <= start && end <= place.end;
  return phrases.some((phrase) => {
    if (phrase.check !== warning.check) return false;
    const { folded, pattern } = prepared(phrase);
    return folded.includes(words) && placesOf(pattern, text).some(isAround);
  });
}

const ready = new WeakMap<Phrase, { readonly folded: string; readonly pattern: RegExp }>();

/** Once for each phrase: findings are gone through at every key. */
function prepared(phrase: Phrase): { readonly folded: string; readonly pattern: RegExp } {
  const known = ready.get(phrase);
  if (known) return known;
  const made = { folded: fold(phrase.words), pattern: patternOf(bare(phrase.words)) };
  ready.set(phrase, made);
  return made;
}

export function isSamePhrase(one: Pick<Phrase, "check" | "words">, other: Pick<Phrase, "check" | "words">): boolean {
  return one.check === other.check && isSameWords(one.words, other.words);
}

export function isSameWords(one: string, other: string): boolean {
  return fold(bare(one)) === fold(bare(other));
}

const QUOTES = "\"'`´‘’‚‛“”„‟«»‹›′″";
const QUOTE = new RegExp(`[${QUOTES}]`, "gu");
const OPENING = new RegExp(`[\\s${QUOTES}]`, "u");
const CLOSING = new RegExp(`[\\s,;:${QUOTES}]`, "u");
const SYNTAX = /[\\^$.*+?()[\]{}|/]/gu;
const LETTER = "[\\p{L}\\p{N}\\p{M}]";
const IS_LETTER = new RegExp(LETTER, "u");

function fold(words: string): string {
  return words.trim().replaceAll(/\s+/gu, " ").replaceAll(QUOTE, "'").toLowerCase();
}

function bare(words: string): string {
  const { start, end } = withoutEdges(words, { start: 0, end: words.length });
  return words.slice(start, end);
}

/** A quotation mark, a comma or one full stop at the edge is none of the words; an exclamation mark may be what a check hears. */
function withoutEdges(text: string, { start, end }: Span): Span {
  const isClosing = (at: number) => CLOSING.test(text.charAt(at)) || (text[at] === "." && text[at - 1] !== ".");
  let [first, last] = [start, end];
  while (first < last && OPENING.test(text.charAt(first))) first++;
  while (first < last && isClosing(last - 1)) last--;
  return first < last ? { start: first, end: last } : { start, end };
}

function placesOf(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
}

/** Finds the words in a text as they stand there, so that no place has to be counted back from a folded text. */
function patternOf(words: string): RegExp {
  const body = words
    .trim()
    .split(/\s+/u)
    .map((word) => word.replaceAll(SYNTAX, "\\$&").replaceAll(QUOTE, `[${QUOTES}]`))
    .join("\\s+");
  const [first, last] = [[...words.trim()][0] ?? "", [...words.trim()].at(-1) ?? ""];
  return new RegExp(`${IS_LETTER.test(first) ? `(?<!${LETTER})` : ""}${body}${IS_LETTER.test(last) ? `(?!${LETTER})` : ""}`, "giu");
}
