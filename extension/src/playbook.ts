import type { Playbook } from "./companion/contract";
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

/** Where `text` goes when it is added to a draft, and with how much room before it. */
export function added(draft: string, text: string): { readonly at: number; readonly text: string } {
  const body = draft.trimEnd();
  if (body === "") return { at: draft.length, text };
  const room = draft.slice(body.length).split("\n").length - 1;
  return { at: draft.length, text: "\n".repeat(Math.max(0, 2 - room)) + text };
}
