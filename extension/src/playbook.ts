import type { Playbook } from "./companion/contract";
import type { Span } from "./spans";
import type { Locale } from "./texts";

/** What fills the placeholders of a template; empty where it is not known. */
export interface Filling {
  readonly author: string;
  readonly name: string;
  readonly role: string;
}

const GAPS = {
  nl: { author: "[naam]", name: "[je voornaam]", role: "[je functie]", promise: "[tijd]", opening_hours: "[tijden]" },
  en: { author: "[name]", name: "[your first name]", role: "[your role]", promise: "[time]", opening_hours: "[hours]" },
} as const satisfies Record<Locale, object>;
const PLACEHOLDER = /\{([a-z_]+)\}/g;
const HOUR = 60;
const WORD_END = /[\p{L}\p{N}.,;:!?)]$/u;
const WORD_BEGIN = /^[\p{L}\p{N}(]/u;

interface Texts {
  readonly nl?: string | null;
  readonly en?: string | null;
}

/** The text in `language`, else the one that is there. */
export function inLanguage(texts: Texts | null | undefined, language: Locale): string {
  return texts?.[language] ?? texts?.nl ?? texts?.en ?? "";
}

/** A template of the playbook with what is known put in; what is not known is a gap between brackets. */
export function filled(template: string, playbook: Playbook, filling: Filling, language: Locale): string {
  const values: Readonly<Record<string, string>> = {
    ...filling,
    signature: inLanguage(playbook.signature, language),
    promise: inWords(playbook.promise_minutes ?? null, language),
    opening_hours: inLanguage(playbook.opening_hours, language),
  };
  const gaps: Readonly<Record<string, string>> = GAPS[language];
  // The signature has placeholders of its own.
  const withSignature = template.replaceAll("{signature}", () => values.signature ?? "");
  return withSignature.replace(PLACEHOLDER, (all, name: string) => values[name] || gaps[name] || all);
}

function inWords(minutes: number | null, language: Locale): string {
  if (minutes === null) return "";
  const hours = minutes / HOUR;
  if (minutes === HOUR) return language === "nl" ? "een uur" : "an hour";
  if (Number.isInteger(hours)) return language === "nl" ? `${hours} uur` : `${hours} hours`;
  return language === "nl" ? `${minutes} minuten` : `${minutes} minutes`;
}

/** A text and the words of the draft that it goes in the place of: often none. */
export interface Added {
  readonly span: Span;
  readonly text: string;
}

/** Where `text` goes when it is added below a draft, and with how much room before it. */
export function added(draft: string, text: string): Added {
  const span = { start: draft.length, end: draft.length };
  const body = draft.trimEnd();
  if (body === "") return { span, text };
  const room = draft.slice(body.length).split("\n").length - 1;
  return { span, text: "\n".repeat(Math.max(0, 2 - room)) + text };
}

/** `text` in the place of what is selected, with a space where it would run into a word. */
export function addedAt(draft: string, span: Span, text: string): Added {
  const before = WORD_END.test(draft.slice(0, span.start)) ? " " : "";
  const after = WORD_BEGIN.test(draft.slice(span.end)) ? " " : "";
  return { span, text: before + text + after };
}
