import type { Platform } from "../platforms";

type Marks = NonNullable<Platform["complaint"]["translation"]>;
/** Behind a line or a sentence the page's own words can begin. */
const BREAK = String.raw`(?:^|\n|[.!?…]["'”’)]*\s|\p{Extended_Pictographic}\uFE0F?\s)\s*`;

/** What the customer wrote, of a text that a site shows with its own translation. Words that a customer quotes in a sentence are no mark. */
export function original(text: string, marks: Marks | undefined): string {
  if (!marks) return text;
  const translated = alternatives(marks.translated);
  const own = alternatives(marks.original);
  const opening = new RegExp(`^\\s*${translated}`, "iu").exec(text);
  if (opening) {
    const rest = text.slice(opening[0].length);
    // A translation need not end in a full stop, so that a mark within its last line counts too.
    const begins = new RegExp(`${BREAK}${own}`, "iu").exec(rest) ?? new RegExp(`\\s${own}`, "iu").exec(rest);
    return (begins ? rest.slice(begins.index + begins[0].length) : rest).trim();
  }
  const first = new RegExp(`^\\s*${own}`, "iu").exec(text);
  const written = first ? text.slice(first[0].length) : text;
  const behind = new RegExp(`(?<=${BREAK})${translated}(?=\\s)`, "iu").exec(written);
  return (behind && behind.index > 0 ? written.slice(0, behind.index) : written).trim();
}

function alternatives(marks: readonly string[]): string {
  return `(?:${marks.map((mark) => mark.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|")})`;
}
