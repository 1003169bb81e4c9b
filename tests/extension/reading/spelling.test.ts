import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer, Match, Proofreading, ProofreadingRequest } from "../../../extension/src/companion/contract";
import type { Finding } from "../../../extension/src/reading/findings";
import { SPELLING_PAUSE, SPELLING_RETRY, Spelling } from "../../../extension/src/reading/spelling";
import type { Settings } from "../../../extension/src/settings";

function match(text: string, words: string, rest: Partial<Match> = {}): Match {
  const start = text.indexOf(words);
  const usual = {
    message: "",
    short_message: "",
    replacements: [],
    rule: "MORFOLOGIK_RULE_NL_NL",
    category: "spelling",
    severity: "mistake",
  };
  return { ...usual, start, end: start + words.length, ...rest } as Match;
}

describe("spelling along", () => {
  let settings: Settings;
  let requests: ProofreadingRequest[];
  let found: (text: string) => Match[];
  let trouble: Answer<Proofreading> | null;
  let spelling: Spelling;
  const changed = vi.fn();

  beforeEach(() => {
    vi.useFakeTimers();
    settings = { proofreads: true, dictionary: [], rulesOff: {} } as unknown as Settings;
    [requests, trouble] = [[], null];
    found = (text) => [match(text, "onmiddelijk")];
    const ask = async (request: ProofreadingRequest): Promise<Answer<Proofreading>> => {
      requests.push(request);
      return trouble ?? { state: "ready", content: { matches: found(request.text), engine: "languagetool" } };
    };
    spelling = new Spelling({ editor: "field-1", settings: () => settings, ask }, changed);
  });
  afterEach(() => vi.useRealTimers());
  const pause = () => vi.advanceTimersByTimeAsync(SPELLING_PAUSE);
  const words = (findings: Finding[] = []) => spelling.among(findings).map(({ warning }) => warning.text);

  it("waits for a pause and asks about the newest text only", async () => {
    spelling.read("Ik doe het onm", "nl");
    await vi.advanceTimersByTimeAsync(SPELLING_PAUSE - 1);
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    expect(requests).toEqual([{ text: "Ik doe het onmiddelijk.", language: "nl", editor: "field-1", dictionary: [], switched_off: [] }]);
    expect(words()).toEqual(["onmiddelijk"]);
    expect(changed).toHaveBeenCalled();
  });

  it("asks nothing as long as the language is not known, and once it is", async () => {
    spelling.read("Ik doe het onmiddelijk.", null);
    await pause();
    expect(requests).toEqual([]);
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    expect(requests).toHaveLength(1);
  });

  it("follows the words, and drops a mistake whose words are touched", async () => {
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    spelling.read("Ja! Ik doe het onmiddelijk.", "nl");
    expect(spelling.among([])[0]?.span).toEqual({ start: 15, end: 26 });
    spelling.read("Ja! Ik doe het onmiddellijk.", "nl");
    expect(words()).toEqual([]);
  });

  it("leaves out the user's own words and rules at once", async () => {
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    settings = { ...settings, dictionary: ["Onmiddelijk"] };
    expect(words()).toEqual([]);
    settings = { ...settings, dictionary: [], rulesOff: { MORFOLOGIK_RULE_NL_NL: "" } };
    expect(words()).toEqual([]);
  });

  it("says nothing of style or commas where the tone already speaks; a spelling mistake stays", async () => {
    found = (text) => [match(text, "onmiddelijk"), match(text, "doe het", { category: "style", rule: "STYLE_X" })];
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    expect(words()).toEqual(["onmiddelijk", "doe het"]);
    const tone = { span: { start: 0, end: 23 } } as Finding;
    expect(words([tone])).toEqual(["onmiddelijk"]);
  });

  it("asks again while LanguageTool starts, and gives up until the next change", async () => {
    trouble = { state: "failed", reason: "starting" };
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    await vi.advanceTimersByTimeAsync(SPELLING_RETRY * 20);
    expect(requests).toHaveLength(7);
    trouble = null;
    spelling.read("Ik doe het onmiddelijk!", "nl");
    await pause();
    expect(words()).toEqual(["onmiddelijk"]);
  });

  it("asks anew about the same text after another field was written in", async () => {
    spelling.read("Ik doe het onmiddelijk.", "nl");
    spelling.stop();
    await pause();
    expect(requests).toEqual([]);
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    expect(words()).toEqual(["onmiddelijk"]);
  });

  it("sends no more of the dictionary than the companion takes, and keeps to all of it", async () => {
    const long = "x".repeat(101);
    settings = { ...settings, dictionary: ["onmiddelijk", long, ...Array.from({ length: 6000 }, (_, index) => `woord${index}`)] };
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    expect(requests[0]?.dictionary).toHaveLength(5000);
    expect(requests[0]?.dictionary).not.toContain(long);
    expect(words()).toEqual([]);
  });

  it("is switched off in the options", async () => {
    settings = { ...settings, proofreads: false };
    spelling.read("Ik doe het onmiddelijk.", "nl");
    await pause();
    expect(requests).toEqual([]);
    expect(words()).toEqual([]);
  });
});
