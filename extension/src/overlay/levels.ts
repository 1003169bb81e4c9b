import type { Level } from "../companion/contract";
import type { TextKey } from "../texts";
import type { SignName } from "./sign";

/** The one table of levels: how each is named and drawn. A level without a row does not compile. */
export const LEVELS = {
  hold: { name: "levels.hold", mark: "meelezer-hold", sign: "diamond" },
  warn: { name: "levels.warn", mark: "meelezer-warn", sign: "wave" },
  hint: { name: "levels.hint", mark: "meelezer-hint", sign: "dotted" },
} as const satisfies Record<Level, { name: TextKey; mark: string; sign: SignName }>;

/** Spelling has no level of tone; it is drawn in a colour of its own. */
export const SPELLING_MARK = "meelezer-spelling";

export const MARKS = Object.entries(LEVELS) as [Level, (typeof LEVELS)[Level]][];
