import { describe, expect, it } from "vitest";
import { stretches, stumbles } from "../../../extension/src/overlay/stranger";
import { findingsOf } from "../../../extension/src/reading/findings";
import type { Known } from "../../../extension/src/reading/reading";
import { analysisOf } from "../reading/analysis";

const TEXT = "Dag Lisa, u had moeten lezen. Dat is jammer. Noor";

describe("where a stranger's eye stops", () => {
  it("cuts the reply without losing a letter", () => {
    const cut = stretches(TEXT, [
      { start: 32, end: 43 },
      { start: 10, end: 28 },
      { start: 20, end: 32 },
      { start: 5, end: 5 },
    ]);
    expect(cut.map(({ text }) => text).join("")).toBe(TEXT);
    expect(cut.filter(({ stops }) => stops).map(({ text }) => text)).toEqual(["u had moeten lezen. Dat is jammer"]);
  });

  it.each([
    ["", []],
    ["Hoi", [{ text: "Hoi", stops: false }]],
  ])("of %j", (text, expected) => {
    expect(stretches(text, [])).toEqual(expected);
  });
});

describe("what a stranger stumbles over", () => {
  const known = (changes: Partial<Known>): Known =>
    ({ findings: [], lacks: [], readText: TEXT, answer: null, ...changes }) as unknown as Known;

  it("is the words found, the point left open, and that nobody signed", () => {
    const analysis = analysisOf(TEXT, "u had moeten lezen");
    const complaint = "Waar blijft mijn jas? Ik wacht al weken.";
    analysis.complaint = {
      points: [
        { start: 0, end: 21, answered: false },
        { start: 22, end: 40, answered: true },
      ],
    } as never;
    const nobody = findingsOf(analysisOf(TEXT, { text: "Noor", check: "anonymity" }));
    expect(stumbles(known({ findings: findingsOf(analysis), lacks: nobody, answer: { analysis, complaint } }))).toEqual([
      { over: "words", words: "u had moeten lezen" },
      { over: "point", words: "Waar blijft mijn jas?" },
      { over: "nobody" },
    ]);
  });

  it("is nothing before the first answer", () => {
    expect(stumbles(known({ readText: null }))).toEqual([]);
  });
});
