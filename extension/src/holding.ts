import type { Warning } from "./companion/contract";
import holding from "./generated/holding.json";

/** Whether the catalogue lets a check hold a post: what it sees may harm somebody (their data, a threat). */
export const isHolding = (check: string): boolean => holding.includes(check);

/** Such a finding can be waved away for one text; a user may soften its check to a warning, and no further. */
export const maySilence = ({ check, level }: Pick<Warning, "check" | "level">): boolean => level !== "hold" && !isHolding(check);
