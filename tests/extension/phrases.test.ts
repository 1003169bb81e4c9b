import { beforeEach, describe, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Warning } from "../../extension/src/companion/contract";
import {
  isAboutWords,
  isOurs,
  isSameWords,
  LONGEST_PHRASE,
  loadPhrases,
  MOST_PHRASES,
  mayBeOurs,
  type Phrase,
  toldOf,
  watchPhrases,
} from "../../extension/src/phrases";
import { asWished, findingsOf } from "../../extension/src/reading/findings";
import type { Settings } from "../../extension/src/settings";
import { speaker } from "../../extension/src/texts";
import { analysisOf } from "./reading/analysis";

const SINCE = "2026-11-28T10:00:00Z";
const phrase = (words: string, check = "finger-pointing"): Phrase => ({ check, words, since: SINCE });

beforeEach(() => fakeBrowser.reset());

describe("own phrases", () => {
  /** Whether these words of the draft are silent with this phrase. */
  const isSilent = (draft: string, words: string, ours: string, change: Partial<Warning> = {}) => {
    const [finding] = findingsOf(analysisOf(draft, { text: words, ...change }));
    if (!finding || finding.span.start < 0) throw new Error(`"${words}" does not stand in "${draft}"`);
    return isOurs(finding, draft, [phrase("iets anders"), phrase(ours)]);
  };

  it.each([
    ["the same words", "Dag. Gewoon doen, zo zijn wij. Groet", "Gewoon doen", "Gewoon doen"],
    ["a part of the phrase", "Dag. Gewoon doen, zo zijn wij. Groet", "Gewoon", "Gewoon doen, zo zijn wij."],
    ["another case", "GEWOON DOEN, zo zijn wij", "GEWOON", "Gewoon doen, zo zijn wij"],
    ["other white space", "Gewoon\u00a0 doen,\nzo zijn wij", "doen", "Gewoon doen, zo zijn wij"],
    ["other quotes", "Zo’n „gekke” zaak, hoor", "„gekke”", 'zo\'n "gekke" zaak'],
    ["a full stop more", "Gewoon doen. Groet", "Gewoon doen.", "gewoon doen"],
    ["a full stop less", "Gewoon doen, zo zijn wij", "Gewoon doen", "Gewoon doen."],
    ["signs of a pattern", "Doe (gewoon) mee? [a-z]* $5 {x}", "(gewoon)", "doe (gewoon) mee? [a-z]* $5 {x}"],
    ["emoji", "Tja 🙃🙃 hoor", "🙃🙃", "🙃🙃"],
    ["right to left", "שלום עולם, דג", "עולם", "שלום עולם"],
    ["its second place", "Doen. En: gewoon doen", "gewoon doen", "gewoon doen"],
    ["markup", "Zo <b>is</b> het", "<b>is</b>", "<b>is</b>"],
  ])("are silent for %s", (_, draft, words, ours) => expect(isSilent(draft, words, ours)).toBe(true));

  it.each([
    ["one of their words elsewhere", "U had gewoon moeten lezen.", "gewoon", "Gewoon doen, zo zijn wij"],
    ["more than the phrase", "U had gewoon moeten lezen.", "U had gewoon moeten lezen", "gewoon"],
    ["half over the edge", "Gewoon doen, zo zijn wij", "doen, zo", "Gewoon doen"],
    ["a longer word", "Dat is ongewoon.", "ongewoon", "gewoon"],
    ["a word that begins the same", "Een gewoonte.", "gewoon", "gewoon"],
    ["a sign that a check hears", "Gewoon doen!!!", "Gewoon doen!!!", "Gewoon doen"],
    ["dots that a check hears", "Tja...", "Tja...", "Tja"],
  ])("are heard for %s", (_, draft, words, ours) => expect(isSilent(draft, words, ours)).toBe(false));

  it("hide one hit of a check, and not another in the same sentence", () => {
    const draft = "Gewoon doen, zo zijn wij, en u had gewoon moeten lezen.";
    const [ours, other] = findingsOf(analysisOf(draft, { text: "Gewoon doen" }, { text: "u had gewoon moeten lezen" }));
    const silent = [ours, other].map((one) => one && isOurs(one, draft, [phrase("Gewoon doen, zo zijn wij")]));
    expect(silent).toEqual([true, false]);
  });

  it("are heard by every other check", () =>
    expect(isSilent("Gewoon doen", "Gewoon doen", "Gewoon doen", { check: "sarcasm" })).toBe(false));

  it("are asked about each time where it must be confirmed", () => {
    expect(isSilent("Gewoon doen", "Gewoon doen", "Gewoon doen", { level: "hold" })).toBe(false);
    expect(isSilent("Gewoon doen", "Gewoon doen", "Gewoon doen", { level: "hint" })).toBe(true);
    const [warning] = analysisOf("Gewoon doen", { text: "Gewoon", level: "hold" }).warnings;
    expect(warning && [isAboutWords(warning), mayBeOurs(warning)]).toEqual([true, false]);
  });

  it("follow the voice that the user gave a check: a whisper holds nothing", () => {
    const draft = "Gewoon doen";
    const findings = findingsOf(analysisOf(draft, { text: draft, check: "suppression", level: "hold" }));
    const ours = [phrase(draft, "suppression")];
    const heard = (checks: Settings["checks"]) =>
      asWished(findings, { checks, silenced: {} }, "x").filter((one) => !isOurs(one, draft, ours));
    expect(heard({ suppression: "hint" })).toEqual([]);
    expect(heard({})).toHaveLength(1);
  });

  it("are no matter of what the whole draft lacks", () => {
    const change = { seen_by: "structure", check: "anonymity" } as const;
    const [finding] = findingsOf(analysisOf("Groet, Team", { text: "Groet, Team", ...change }));
    expect(finding && isOurs(finding, "Groet, Team", [phrase("Groet, Team", "anonymity")])).toBe(false);
    expect(finding && isAboutWords(finding.warning)).toBe(false);
  });

  it("of no words at all silence nothing", () => {
    const [finding] = findingsOf(analysisOf("Gewoon doen", { text: "" }));
    expect(finding && isOurs(finding, "Gewoon doen", [phrase("Gewoon doen")])).toBe(false);
  });

  it("are told apart as they are compared", () => {
    expect(isSameWords("Zo’n ding.", "zo'n  DING")).toBe(true);
    expect(isSameWords("Zo’n ding!", "zo'n ding")).toBe(false);
  });

  it.each([
    ["kept", "Bewaard als jullie woorden. Ze staan in de opties."],
    ["too-long", "Dit is te lang om te bewaren: hooguit 300 tekens."],
    ["full", "Er staan al 200 zinnen in de opties. Haal daar eerst iets weg."],
    ["failed", "Bewaren lukte niet. Probeer het zo nog eens."],
  ] as const)("%s is said plainly", (state, told) => expect(toldOf({ state }, speaker("nl"))).toBe(told));
});

describe("stored phrases", () => {
  it.each([["?"], [7], [null], [{}], [[null, 7, "x", [], {}]]])("that are rubbish (%j) are none", async (stored) => {
    await fakeBrowser.storage.local.set({ phrases: stored });
    expect(await loadPhrases()).toEqual([]);
  });

  it("are kept where others are damaged", async () => {
    const good = phrase("Gewoon doen");
    const bad = [
      { ...good, words: "" },
      { ...good, words: " \n" },
      { ...good, words: 7 },
      { ...good, words: "x".repeat(LONGEST_PHRASE + 1) },
      { ...good, check: "" },
      { ...good, check: "x".repeat(1000) },
      { ...good, check: undefined },
      { ...good, since: "yesterday" },
      { ...good, since: 5 },
    ];
    await fakeBrowser.storage.local.set({ phrases: [...bad, good, ...bad] });
    expect(await loadPhrases()).toEqual([good]);
  });

  it("are never more than the bound, the newest of them", async () => {
    await fakeBrowser.storage.local.set({ phrases: Array.from({ length: 50_000 }, (_, at) => phrase(`zin ${at}`)) });
    const phrases = await loadPhrases();
    expect(phrases).toHaveLength(MOST_PHRASES);
    expect(phrases.at(-1)?.words).toBe("zin 49999");
  });

  it("are told to who watches, until they stop", async () => {
    const seen: string[][] = [];
    const watching = new AbortController();
    watchPhrases((phrases) => seen.push(phrases.map(({ words }) => words)), watching.signal);
    await fakeBrowser.storage.local.set({ settings: {} });
    await fakeBrowser.storage.local.set({ phrases: [phrase("a"), "?"] });
    await fakeBrowser.storage.local.remove("phrases");
    watching.abort();
    await fakeBrowser.storage.local.set({ phrases: [phrase("b")] });
    expect(seen).toEqual([["a"], []]);
  });
});
