import { browser } from "wxt/browser";
import {
  isCheck,
  isSamePhrase,
  isWords,
  type Keeping,
  LONGEST_PHRASE,
  loadPhrases,
  MOST_PHRASES,
  PHRASES_KEY,
  type Phrase,
} from "../phrases";
import { Turns } from "./turns";

type Named = Pick<Phrase, "check" | "words">;

/** Keeps the user's own phrases, one change at a time: two tabs never overwrite each other. */
export class PhraseStore {
  private readonly turns = new Turns();

  /** What comes in was sent from a web page's process, and may be anything. */
  keep({ check, words }: { readonly check: unknown; readonly words: unknown }): Promise<Keeping> {
    return this.turns.take(async (): Promise<Keeping> => {
      if (!isCheck(check) || !isWords(words)) return { state: "failed" };
      const phrase = { check, words: words.trim().replaceAll(/\s+/gu, " "), since: new Date().toISOString() };
      if (phrase.words.length > LONGEST_PHRASE) return { state: "too-long" };
      const kept = await loadPhrases();
      if (kept.some((one) => isSamePhrase(one, phrase))) return { state: "kept" };
      if (kept.length >= MOST_PHRASES) return { state: "full" };
      await browser.storage.local.set({ [PHRASES_KEY]: [...kept, phrase] });
      return { state: "kept" };
    });
  }

  /** Forget one phrase; null: all of them. */
  forget(which: Named | null): Promise<void> {
    return this.turns.take(async () => {
      if (which === null) return browser.storage.local.remove(PHRASES_KEY);
      const kept = await loadPhrases();
      await browser.storage.local.set({ [PHRASES_KEY]: kept.filter((one) => !isSamePhrase(one, which)) });
    });
  }
}
