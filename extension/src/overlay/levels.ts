import type { Level } from "../companion/contract";
import type { TextKey } from "../texts";

/** The one table of levels: how each is named and drawn. A level without a row does not compile. */
export const LEVELS = {
  hold: { name: "levels.hold", mark: "meelezer-hold", sign: "◆" },
  warn: { name: "levels.warn", mark: "meelezer-warn", sign: "∿" },
  hint: { name: "levels.hint", mark: "meelezer-hint", sign: "┄" },
} as const satisfies Record<Level, { name: TextKey; mark: string; sign: string }>;

export const MARKS = Object.entries(LEVELS) as [Level, (typeof LEVELS)[Level]][];
