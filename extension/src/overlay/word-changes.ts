import { diffArrays } from "diff";

/** A stretch of words that stays, goes or comes. */
export interface Change {
  readonly kind: "same" | "old" | "new";
  readonly text: string;
}

const WORDS = /\s+|[\p{L}\p{N}'’-]+|[^\s\p{L}\p{N}]/gu;
const LONGEST_SAME = 40;

/** What changes from one text to another, word by word; texts with little in common change as a whole. */
export function wordChanges(before: string, after: string): Change[] {
  const changes = joined(
    diffArrays(before.match(WORDS) ?? [], after.match(WORDS) ?? []).map(({ value, added, removed }): Change => {
      return { kind: added ? "new" : removed ? "old" : "same", text: value.join("") };
    }),
  );
  const same = changes.filter(({ kind, text }) => kind === "same" && /[\p{L}\p{N}]/u.test(text));
  const sameLength = same.reduce((sum, { text }) => sum + text.length, 0);
  if (sameLength * 2 >= Math.max(before.length, after.length)) return changes;
  const whole: Change[] = [
    { kind: "old", text: before },
    { kind: "new", text: after },
  ];
  return whole.filter(({ text }) => text !== "");
}

/** Replaced words with only white space between them are one change: old and new words by turns cannot be read. */
function joined(changes: readonly Change[]): Change[] {
  const isReplacing = (at: number) => changes[at]?.kind === "old" && changes[at + 1]?.kind === "new";
  const found: Change[] = [];
  let run = { old: "", new: "" };
  const close = () => {
    for (const kind of ["old", "new"] as const) if (run[kind] !== "") found.push({ kind, text: run[kind] });
    run = { old: "", new: "" };
  };
  changes.forEach(({ kind, text }, at) => {
    if (kind !== "same") run[kind] += text;
    else if (isReplacing(at - 2) && isReplacing(at + 1) && text.trim() === "") run = { old: run.old + text, new: run.new + text };
    else {
      close();
      found.push({ kind, text });
    }
  });
  close();
  return found;
}

/** Whether nothing of the old words is left, so that they need to be shown only once. */
export function isWhole(changes: readonly Change[]): boolean {
  return changes.every(({ kind }) => kind !== "same");
}

/** Only what changes, with a little of what stands around it. */
export function shortened(changes: readonly Change[]): Change[] {
  return changes.map((change, index) => {
    if (change.kind !== "same" || change.text.length <= LONGEST_SAME) return change;
    const tail = change.text.slice(-LONGEST_SAME / 2).replace(/^\S*\s/, "");
    const head = change.text.slice(0, LONGEST_SAME / 2).replace(/\s\S*$/, "");
    if (index === 0) return { ...change, text: `… ${tail}` };
    if (index === changes.length - 1) return { ...change, text: `${head} …` };
    return { ...change, text: `${head} … ${tail}` };
  });
}
