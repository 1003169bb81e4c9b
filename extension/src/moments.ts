import type { Locale } from "./texts";

/** Of all that is English, the one with 24 hours and the day before the month. */
const TAGS = { nl: "nl-NL", en: "en-GB" } as const satisfies Record<Locale, string>;

/** A time of today, or the day with it, as the companion's pages write it (review_words.py). */
export function moment(at: Date, now: Date, locale: Locale): string {
  const clock = clockTime(at, locale);
  if (at.toDateString() === now.toDateString()) return clock;
  const isThisYear = at.getFullYear() === now.getFullYear();
  return `${isThisYear ? written(at, locale, { day: "numeric", month: "long" }) : longDate(at, locale)}, ${clock}`;
}

/** "28 november 2026". */
export const longDate = (at: Date, locale: Locale): string => written(at, locale, { day: "numeric", month: "long", year: "numeric" });

function clockTime(at: Date, locale: Locale): string {
  const [hour, minute] = [at.getHours(), String(at.getMinutes()).padStart(2, "0")];
  return locale === "nl" ? `${hour}.${minute} uur` : `${hour}:${minute}`;
}

function written(at: Date, locale: Locale, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(TAGS[locale], parts).format(at);
}
