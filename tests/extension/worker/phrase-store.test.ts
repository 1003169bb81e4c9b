import { beforeEach, describe, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { LONGEST_PHRASE, loadPhrases, MOST_PHRASES } from "../../../extension/src/phrases";
import { PhraseStore } from "../../../extension/src/worker/phrase-store";

const CHECK = "finger-pointing";

describe("the store of own phrases", () => {
  let store: PhraseStore;

  beforeEach(() => {
    fakeBrowser.reset();
    store = new PhraseStore();
  });
  const words = async () => (await loadPhrases()).map((phrase) => phrase.words);

  it("keeps each as it was marked, with its check", async () => {
    expect(await store.keep({ check: CHECK, words: " Gewoon \n doen " })).toEqual({ state: "kept" });
    expect(await loadPhrases()).toMatchObject([{ check: CHECK, words: "Gewoon doen" }]);
  });

  it("loses none when two tabs mark one at the same moment", async () => {
    await Promise.all(["een", "twee", "drie"].map((one) => store.keep({ check: CHECK, words: one })));
    expect(await words()).toEqual(["een", "twee", "drie"]);
  });

  it("keeps the same words once for a check", async () => {
    await store.keep({ check: CHECK, words: "Zo’n ding." });
    expect(await store.keep({ check: CHECK, words: "zo'n  DING" })).toEqual({ state: "kept" });
    await store.keep({ check: "sarcasm", words: "zo'n ding" });
    expect(await words()).toEqual(["Zo’n ding.", "zo'n ding"]);
  });

  it("refuses what is too long, and takes the longest", async () => {
    expect(await store.keep({ check: CHECK, words: "x".repeat(LONGEST_PHRASE + 1) })).toEqual({ state: "too-long" });
    expect(await store.keep({ check: CHECK, words: "x".repeat(1_000_000) })).toEqual({ state: "too-long" });
    expect(await words()).toEqual([]);
    expect(await store.keep({ check: CHECK, words: "x".repeat(LONGEST_PHRASE) })).toEqual({ state: "kept" });
    expect(await loadPhrases()).toHaveLength(1);
  });

  it("says when it is full, and has room again after one is forgotten", async () => {
    for (let at = 0; at < MOST_PHRASES; at++) await store.keep({ check: CHECK, words: `zin ${at}` });
    expect(await store.keep({ check: CHECK, words: "nog een" })).toEqual({ state: "full" });
    expect(await store.keep({ check: CHECK, words: "ZIN 7" })).toEqual({ state: "kept" });
    await store.forget({ check: CHECK, words: "zin 7" });
    expect(await store.keep({ check: CHECK, words: "nog een" })).toEqual({ state: "kept" });
    expect(await loadPhrases()).toHaveLength(MOST_PHRASES);
  });

  it.each([
    ["no words", { check: CHECK, words: "" }],
    ["white space", { check: CHECK, words: " \n\t" }],
    ["a wrong type", { check: CHECK, words: { toString: "x" } }],
    ["no check", { check: "", words: "x" }],
    ["a huge check", { check: "x".repeat(1000), words: "x" }],
    ["no such fields", {} as never],
  ])("keeps nothing of %s", async (_, question) => {
    expect(await store.keep(question)).toEqual({ state: "failed" });
    expect(await words()).toEqual([]);
  });

  it("forgets one, or all", async () => {
    for (const one of ["een", "twee", "drie"]) await store.keep({ check: CHECK, words: one });
    await store.forget({ check: "sarcasm", words: "een" });
    await store.forget({ check: CHECK, words: "Twee" });
    expect(await words()).toEqual(["een", "drie"]);
    await store.forget(null);
    expect(await words()).toEqual([]);
  });

  it("begins anew over a damaged list", async () => {
    await fakeBrowser.storage.local.set({ phrases: "?" });
    await store.keep({ check: CHECK, words: "een" });
    expect(await words()).toEqual(["een"]);
  });

  it("goes on after the browser refused to write", async () => {
    const { set } = fakeBrowser.storage.local;
    fakeBrowser.storage.local.set = () => Promise.reject(new Error("quota"));
    await expect(store.keep({ check: CHECK, words: "een" })).rejects.toThrow("quota");
    fakeBrowser.storage.local.set = set;
    expect(await store.keep({ check: CHECK, words: "twee" })).toEqual({ state: "kept" });
    expect(await words()).toEqual(["twee"]);
  });
});
