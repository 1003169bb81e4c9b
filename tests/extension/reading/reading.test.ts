import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Analysis, AnalysisRequest, Answer } from "../../../extension/src/companion/contract";
import type { Phrase } from "../../../extension/src/phrases";
import { type Known, RESTS_AFTER, Reading } from "../../../extension/src/reading/reading";
import type { Settings } from "../../../extension/src/settings";
import { analysisOf } from "./analysis";

const SETTINGS: Settings = {
  locale: "nl",
  writer: { name: " Noor ", role: "" },
  holds: "warn",
  sites: {},
  server: null,
  port: 7463,
  proofreads: true,
  dictionary: [],
  rulesOff: {},
  checks: {},
  silenced: {},
  badges: {},
};
const BAD = "U had moeten lezen. ";

describe("reading along", () => {
  let requests: AnalysisRequest[];
  let answer: Answer<Analysis> | { state: "retired" } | null;
  let shown: Known[];
  let reading: Reading;
  let phrases: Phrase[];

  beforeEach(() => {
    vi.useFakeTimers();
    [requests, shown, answer, phrases] = [[], [], null, []];
    const ask = async (request: AnalysisRequest) => {
      requests.push(request);
      return answer ?? ({ state: "ready", content: analysisOf(request.draft?.text ?? "", "U had moeten lezen") } as const);
    };
    const complaint = { text: "Al weken wacht ik.", author: "Lisa", postedAt: null, rating: 1, source: "page" } as const;
    reading = new Reading(
      { platform: "x", site: "x", settings: () => SETTINGS, phrases: () => phrases, ask },
      (known) => shown.push(known),
      complaint,
    );
  });
  afterEach(() => vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(300);

  it("sends complaint, draft, writer and platform, and nothing else", async () => {
    reading.read(BAD);
    await settle();
    expect(requests).toEqual([
      {
        complaint: { text: "Al weken wacht ik.", author: "Lisa", posted_at: null, rating: 1, true_points: [] },
        draft: { text: BAD },
        writer: { name: "Noor", role: null },
        platform: "x",
        channel: "public",
        justified: null,
        language: null,
        locale: "nl",
      },
    ]);
    expect(reading.now).toMatchObject({ state: "ready", readText: BAD, language: "nl" });
    expect(reading.now.findings).toHaveLength(1);
  });

  it("sends which points the writer calls true, and forgets them with another complaint", async () => {
    const content = analysisOf(BAD, "beter moeten lezen");
    const points = [
      { start: 0, end: 9, answered: null, is_true: false, conceded: null },
      { start: 10, end: 18, answered: null, is_true: false, conceded: null },
    ];
    const complaint = {
      language: "nl",
      kinds: [],
      expectations: [],
      points,
      facts: [],
      severity: null,
      complainer: null,
      house_rules: [],
      advice: [],
      clock: null,
    } as const;
    answer = {
      state: "ready",
      content: { ...content, complaint: { ...complaint, points, kinds: [], expectations: [], facts: [], house_rules: [], advice: [] } },
    };
    reading.read(BAD);
    await settle();
    reading.judgePoint(10, true);
    await settle();
    expect(requests.at(-1)?.complaint?.true_points).toEqual([{ start: 10, end: 18 }]);
    reading.judgePoint(10, false);
    await settle();
    expect(requests.at(-1)?.complaint?.true_points).toEqual([]);
    reading.judgePoint(0, true);
    reading.answerTo({ text: "Iets heel anders.", author: null, postedAt: null, rating: null, source: "writer" });
    expect(reading.now.truePoints).toEqual([]);
  });

  const LACK = { check: "anonymity", seen_by: "structure" } as const;
  const lacking = (text: string) => {
    const content = analysisOf(text, text.trim());
    const [warning] = content.warnings;
    if (!warning) throw new Error("no warning");
    return { ...content, warnings: [{ ...warning, ...LACK, replaces: { start: text.length, end: text.length } }] };
  };

  it("tells what is lacking only when the typing stops", async () => {
    answer = { state: "ready", content: lacking("Ik zoek het uit.") };
    reading.read("Ik zoek het uit.");
    await settle();
    expect(reading.now.findings).toEqual([]);
    expect(reading.now.lacks).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(RESTS_AFTER);
    expect(reading.now.findings).toHaveLength(1);
    expect(reading.now.lacks).toEqual([]);
  });

  it.each(["hurry", "rest"] as const)("tells what is lacking at once on %s", async (moment) => {
    answer = { state: "ready", content: lacking("Ik zoek het uit.") };
    reading.read("Ik zoek het uit.");
    await settle();
    reading[moment]();
    expect(reading.now.findings).toHaveLength(1);
  });

  it("waits again when the typing goes on", async () => {
    answer = { state: "ready", content: lacking("Ik zoek het uit.") };
    reading.read("Ik zoek het uit.");
    await vi.advanceTimersByTimeAsync(RESTS_AFTER + 300);
    answer = { state: "ready", content: lacking("Ik zoek het uit. En") };
    reading.read("Ik zoek het uit. En");
    await settle();
    expect(reading.now.findings).toEqual([]);
  });

  it("asks about the complaint alone while the draft is empty", async () => {
    reading.read("   ");
    await settle();
    expect(requests.map(({ complaint, draft }) => [complaint?.text, draft])).toEqual([["Al weken wacht ik.", null]]);
    expect(reading.now).toMatchObject({ state: "idle", readText: null, findings: [], answer: { complaint: "Al weken wacht ik." } });
  });

  it("asks nothing when there is neither complaint nor draft", async () => {
    reading.answerTo(null);
    reading.read("   ");
    await settle();
    expect(requests).toEqual([]);
    expect(reading.now.state).toBe("idle");
  });

  it("passes on that the writer calls the complaint a mistake", async () => {
    reading.read(BAD);
    reading.judgeComplaint(true);
    await settle();
    expect(requests.at(-1)?.justified).toBe(false);
    reading.judgeComplaint(false);
    await settle();
    expect(requests.at(-1)?.justified).toBeNull();
  });

  it("keeps findings while a new answer is awaited", async () => {
    reading.read(BAD);
    await settle();
    reading.read(`${BAD}En`);
    expect(reading.now.state).toBe("reading");
    expect(reading.now.findings).toHaveLength(1);
  });

  it.each([
    { state: "away" },
    { state: "unpaired" },
    { state: "failed", reason: "Kapot." },
    { state: "outdated" },
    { state: "retired" },
  ] as const)("shows no finding when $state", async (trouble) => {
    reading.read(BAD);
    await settle();
    answer = trouble;
    reading.read(`${BAD}En`);
    await settle();
    expect(reading.now.state).toBe(trouble.state);
    expect(reading.now.findings).toEqual([]);
  });

  it("does not send a text that is too long", async () => {
    reading.read("a".repeat(20_001));
    await settle();
    expect(requests).toEqual([]);
    expect(reading.now.state).toBe("too-long");
  });

  it("leaves out what the user calls their own words, and counts it nowhere", async () => {
    phrases = [{ check: "finger-pointing", words: "u had moeten lezen", since: "2026-11-28T10:00:00Z" }];
    reading.read(BAD);
    await settle();
    expect(reading.now).toMatchObject({ state: "ready", findings: [], lacks: [], kept: 0 });
    phrases = [];
    reading.hearAnew();
    expect(reading.now.findings).toHaveLength(1);
  });

  it("leaves out what the user kept, and brings it back", async () => {
    reading.read(BAD);
    await settle();
    const [finding] = reading.now.findings;
    if (finding) reading.keep(finding);
    expect(reading.now).toMatchObject({ findings: [], kept: 1 });
    reading.bringBack();
    expect(reading.now.findings).toHaveLength(1);
  });
});
