import type { Finding } from "../reading/findings";
import type { Known } from "../reading/reading";
import type { Span } from "../spans";

/** What a stranger stumbles over in a public reply, in the order in which it is met. */
export type Stumble = { readonly over: "words" | "point"; readonly words: string } | { readonly over: "nobody" };

/** A stretch of the reply; `stops`: a stranger's eye stays there. */
export interface Stretch {
  readonly text: string;
  readonly stops: boolean;
}

const MOST = 4;
const LONGEST_QUOTE = 70;

/** The reply cut where a stranger's eye stops. Overlapping findings are one stop. */
export function stretches(text: string, stops: readonly Span[]): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  for (const { start, end } of [...stops].sort((a, b) => a.start - b.start)) {
    if (end <= at || start >= end) continue;
    const before = found.at(-1);
    if (start > at) found.push({ text: text.slice(at, start), stops: false });
    else if (before?.stops) found.pop();
    found.push({ text: (start <= at && before?.stops ? before.text : "") + text.slice(Math.max(at, start), end), stops: true });
    at = end;
  }
  if (at < text.length) found.push({ text: text.slice(at), stops: false });
  return found;
}

/** Of a missing name the words say nothing. */
export const isInWords = ({ span, warning }: Finding): boolean => span.end > span.start && warning.check !== "anonymity";

/** Findings first, then what was asked and not answered, then that nobody signed. */
export function stumbles({ findings, lacks, readText, answer }: Known): Stumble[] {
  if (readText === null || !answer) return [];
  const words = findings.filter(isInWords).map(({ warning }): Stumble => ({ over: "words", words: quote(warning.text) }));
  const points = (answer.analysis.complaint?.points ?? [])
    .filter(({ answered }) => answered === false)
    .map(({ start, end }): Stumble => ({ over: "point", words: quote(answer.complaint.slice(start, end)) }));
  const isUnsigned = [...findings, ...lacks].some(({ warning }) => warning.check === "anonymity");
  return [...words, ...points].slice(0, MOST).concat(isUnsigned ? [{ over: "nobody" }] : []);
}

function quote(words: string): string {
  const line = words
    .replaceAll(/\s+/g, " ")
    .replace(/[\s.,;:]+$/, "")
    .trim();
  return line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE).replace(/\s\S*$/, "")}…`;
}
