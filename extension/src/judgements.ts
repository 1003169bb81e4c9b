import { browser } from "wxt/browser";
import { Turns } from "./worker/turns";

export const REASONS = ["fine", "words", "other"] as const;

/** A finding that the user called "not right". It stays in this browser. */
export interface Judgement {
  readonly check: string;
  readonly reason: (typeof REASONS)[number];
  readonly note: string;
  /** The words of the draft that were marked; nothing else of it, and nothing of the complaint. */
  readonly words: string;
  readonly seenBy: string;
  readonly language: string;
  readonly site: string;
  /** RFC 3339. */
  readonly at: string;
}

const KEY = "judgements";
const MOST = 2000;
const turns = new Turns();

export async function loadJudgements(): Promise<Judgement[]> {
  const stored = (await browser.storage.local.get(KEY))[KEY];
  return Array.isArray(stored) ? stored : [];
}

/** Add one judgement; only the service worker does this, so that two tabs never overwrite each other. */
export function addJudgement(judgement: Judgement): Promise<void> {
  return turns.take(async () => {
    const kept = await loadJudgements();
    await browser.storage.local.set({ [KEY]: [...kept, judgement].slice(-MOST) });
  });
}

export async function clearJudgements(): Promise<void> {
  await browser.storage.local.remove(KEY);
}

/** Count judgements per check, most first. */
export function countByCheck(judgements: readonly Judgement[]): [check: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { check } of judgements) counts.set(check, (counts.get(check) ?? 0) + 1);
  return [...counts].sort(([a, most], [b, more]) => more - most || a.localeCompare(b));
}
