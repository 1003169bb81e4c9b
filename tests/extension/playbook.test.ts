import { describe, expect, it } from "vitest";
import type { Playbook } from "../../extension/src/companion/contract";
import { added, addedAt, filled, inLanguage } from "../../extension/src/playbook";

const PLAYBOOK: Playbook = {
  promise_minutes: 60,
  address: null,
  holds: "warn",
  approval_from: null,
  words: [],
  opening_hours: { days: null, nl: "van 9 tot 5", en: null },
  signature: { nl: "Groet,\n{name}, {role}", en: "Regards,\n{name}" },
  contacts: [],
  standard_replies: [],
};
const NOBODY = { author: "", name: "", role: "" };

describe("a template", () => {
  it.each([
    [
      "nl",
      "Dag {author}, ik antwoord binnen {promise}.\n\n{signature}",
      "Dag Lisa, ik antwoord binnen een uur.\n\nGroet,\nNoor, teamleider",
    ],
    ["en", "Hi {author}, within {promise}. {signature}", "Hi Lisa, within an hour. Regards,\nNoor"],
    ["en", "Open {opening_hours}", "Open van 9 tot 5"],
  ] as const)("%s is filled with what is known", (language, template, text) => {
    expect(filled(template, PLAYBOOK, { author: "Lisa", name: "Noor", role: "teamleider" }, language)).toBe(text);
  });

  it("leaves a gap for what is not known, and lets braces of others be", () => {
    const text = filled(
      "Dag {author}, {promise} {opening_hours} {niets} $&. {signature}",
      { ...PLAYBOOK, promise_minutes: null, opening_hours: null },
      NOBODY,
      "nl",
    );
    expect(text).toBe("Dag [naam], [tijd] [tijden] {niets} $&. Groet,\n[je voornaam], [je functie]");
  });

  it("does not fill what a name brings along", () => {
    expect(filled("Dag {author}", PLAYBOOK, { ...NOBODY, author: "{role} $1" }, "nl")).toBe("Dag {role} $1");
  });

  it.each([
    [45, "nl", "45 minuten"],
    [120, "nl", "2 uur"],
    [120, "en", "2 hours"],
    [90, "en", "90 minutes"],
  ] as const)("%i minutes in %s is %s", (promise_minutes, language, words) => {
    expect(filled("{promise}", { ...PLAYBOOK, promise_minutes }, NOBODY, language)).toBe(words);
  });

  it("takes the other language where one is missing", () => {
    expect(inLanguage({ nl: "ja", en: null }, "en")).toBe("ja");
    expect(inLanguage(null, "en")).toBe("");
  });
});

describe("a text that is added", () => {
  it.each([
    ["", "Groet"],
    ["  \n", "Groet"],
    ["Dag Lisa.", "\n\nGroet"],
    ["Dag Lisa.\n", "\nGroet"],
    ["Dag Lisa.\n\n\n", "Groet"],
  ])("below %j comes %j", (draft, text) => {
    expect(added(draft, "Groet")).toEqual({ span: { start: draft.length, end: draft.length }, text });
  });
});

describe("a text put at the caret", () => {
  it.each([
    ["Bel even met , dan weet ik meer.", [13, 13], "Kim"],
    ["Bel even met, dan weet ik meer.", [12, 12], " Kim"],
    ["Bel even met dan weet ik meer.", [13, 13], "Kim "],
    ["Bel even met [naam].", [13, 19], "Kim"],
    ["", [0, 0], "Kim"],
  ] as const)("in %j at %j it is %j", (draft, [start, end], text) => {
    expect(addedAt(draft, { start, end }, "Kim")).toEqual({ span: { start, end }, text });
  });
});
