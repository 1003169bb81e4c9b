/** A half-open range of a text, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One replaced stretch: what stood at `span` of the old text became `length` code units. */
export interface Edit {
  readonly span: Span;
  readonly length: number;
}

const WORD = /[\p{L}\p{N}]/u;

/** The smallest single edit that makes `after` of `before`; null when nothing changed. */
export function editBetween(before: string, after: string): Edit | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { span: { start, end: before.length - tail }, length: after.length - tail - start };
}

/** Move a span through an edit, or null when the edit touches it. */
export function moveSpan({ start, end }: Span, edit: Edit | null): Span | null {
  if (!edit) return { start, end };
  const shift = edit.length - (edit.span.end - edit.span.start);
  if (edit.span.start >= end) return { start, end };
  if (edit.span.end <= start) return { start: start + shift, end: end + shift };
  return null;
}

/** Whether the words at `span` still stand on their own: "gewoon" in "gewoonte" is no longer the word that was judged. */
export function standsAlone(text: string, { start, end }: Span): boolean {
  const joins = (index: number) => WORD.test(text[index - 1] ?? "") && WORD.test(text[index] ?? "");
  return !joins(start) && !joins(end);
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The sentence or line around a span, as a key: a finding that was kept stays kept while its sentence is the same. */
export function sentenceAround(text: string, { start, end }: Span): string {
  const before = text.slice(0, start).search(/[^.!?\n]*$/);
  const rest = text.slice(end).search(/[.!?\n]|$/);
  return text
    .slice(before, end + rest)
    .trim()
    .replaceAll(/\s+/g, " ");
}

/** The first [gap] that a rewrite leaves for the writer to fill in. */
export function firstGap(text: string): Span | null {
  const found = /\[[^\]\n]+\]/.exec(text);
  return found && { start: found.index, end: found.index + found[0].length };
}
