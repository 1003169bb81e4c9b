import { describe, expect, it } from "vitest";
import { editBetween, firstGap, moveSpan, sentenceAround, standsAlone } from "../../extension/src/spans";

const spanOf = (text: string, words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

describe("a span follows an edit", () => {
  const before = "Beste Lisa, dat is gewoon pech.";
  const gewoon = spanOf(before, "gewoon");

  it.each([
    ["typed before it", "Hoi! Beste Lisa, dat is gewoon pech."],
    ["typed after it", "Beste Lisa, dat is gewoon pech. Groet"],
    ["an emoji before it (two code units)", "Beste Lisa 🙂, dat is gewoon pech."],
    ["taken out before it", "Lisa, dat is gewoon pech."],
    ["nothing", before],
  ])("%s", (_, after) => {
    expect(moveSpan(gewoon, editBetween(before, after))).toEqual(spanOf(after, "gewoon"));
  });

  it.each([
    ["a letter within it", "Beste Lisa, dat is gewxoon pech."],
    ["it was taken out", "Beste Lisa, dat is pech."],
    ["all was replaced", "Dag."],
  ])("and is hidden after %s", (_, after) => {
    expect(moveSpan(gewoon, editBetween(before, after))).toBeNull();
  });

  it("knows that a word has grown into another", () => {
    const after = "Beste Lisa, dat is gewoonte pech.";
    expect(standsAlone(after, gewoon)).toBe(false);
    expect(standsAlone(before, gewoon)).toBe(true);
  });
});

describe("the sentence around a span", () => {
  it.each([
    ["Dag. U had moeten lezen. Groet", "moeten", "U had moeten lezen"],
    ["U had\nmoeten lezen", "moeten", "moeten lezen"],
    ["moeten", "moeten", "moeten"],
  ])("%j", (text, words, sentence) => {
    expect(sentenceAround(text, spanOf(text, words))).toBe(sentence);
  });
});

it("finds the first gap", () => {
  expect(firstGap("Groet, [je voornaam], [je functie]")).toEqual({ start: 7, end: 20 });
  expect(firstGap("Groet, Noor")).toBeNull();
});
