import { describe, expect, it } from "vitest";
import type { Warning } from "../../../extension/src/companion/contract";
import { maySilence } from "../../../extension/src/holding";
import { asWished, findingsOf, followEdit, Kept } from "../../../extension/src/reading/findings";
import { analysisOf } from "./analysis";

const DRAFT = "Dag Lisa. U had moeten lezen. Groet, Team";

describe("findings", () => {
  it("come most serious first, then surest, then in order", () => {
    const analysis = analysisOf(
      DRAFT,
      { text: "Dag", level: "hint" },
      { text: "Lisa", level: "warn", confidence: 0.8 },
      { text: "Groet", level: "warn", confidence: 0.95 },
      { text: "lezen", level: "hold" },
    );
    expect(findingsOf(analysis).map(({ warning }) => warning.text)).toEqual(["lezen", "Groet", "Lisa", "Dag"]);
  });

  it("move with their words, together with what a rewrite replaces", () => {
    const analysis = analysisOf(DRAFT, { text: "U had moeten lezen", replaces: { start: 10, end: 29 } });
    const after = `Beste lezer. ${DRAFT}`;
    const [finding] = followEdit(findingsOf(analysis), DRAFT, after);
    expect(after.slice(finding?.span.start, finding?.span.end)).toBe("U had moeten lezen");
    expect(after.slice(finding?.replaces.start, finding?.replaces.end)).toBe("U had moeten lezen.");
  });

  it("hide when their words, or the words a rewrite replaces, are touched", () => {
    const analysis = analysisOf(DRAFT, { text: "U had moeten lezen", replaces: { start: 10, end: 29 } });
    expect(followEdit(findingsOf(analysis), DRAFT, DRAFT.replace("moeten", "kunnen"))).toEqual([]);
    expect(followEdit(findingsOf(analysis), DRAFT, DRAFT.replace("lezen.", "lezen!"))).toEqual([]);
  });

  it("of the whole draft hide on any edit: the missing name may be what was typed", () => {
    const analysis = analysisOf(DRAFT, { text: "Groet, Team", check: "anonymity", seen_by: "structure" });
    expect(followEdit(findingsOf(analysis), DRAFT, `${DRAFT} ^Noor`)).toEqual([]);
  });
});

describe("what was kept", () => {
  it("stays away while its sentence is the same, wherever it moves", () => {
    const kept = new Kept();
    const [finding] = findingsOf(analysisOf(DRAFT, "U had moeten lezen"));
    if (!finding) throw new Error("no finding");
    kept.keep(finding, DRAFT);
    const moved = `Hoi. ${DRAFT}`;
    const [again] = findingsOf(analysisOf(moved, "U had moeten lezen"));
    expect(again && kept.has(again, moved)).toBe(true);
    const changed = DRAFT.replace("lezen", "lezen, sukkel");
    const [other] = findingsOf(analysisOf(changed, "U had moeten lezen"));
    expect(other && kept.has(other, changed)).toBe(false);
  });
});

describe("what the user wants to hear", () => {
  const findings = findingsOf(
    analysisOf(
      DRAFT,
      { text: "U had moeten lezen", check: "finger-pointing" },
      { text: "Team", check: "anonymity", level: "warn", confidence: 0.5 },
    ),
  );
  const heard = (wishes: { checks?: object; silenced?: object }, site = "x") =>
    asWished(findings, { checks: {}, silenced: {}, ...wishes } as never, site).map(({ warning: { check, level } }) => `${check} ${level}`);

  it("is everything at first", () => expect(heard({})).toEqual(["finger-pointing warn", "anonymity warn"]));
  it("may be softer, and then comes after what is not", () =>
    expect(heard({ checks: { "finger-pointing": "hint" } })).toEqual(["anonymity warn", "finger-pointing hint"]));
  it("may be off", () => expect(heard({ checks: { anonymity: "off" } })).toEqual(["finger-pointing warn"]));
  it("may be silent on one site only", () => {
    const silenced = { facebook: ["finger-pointing"] };
    expect(heard({ silenced }, "facebook")).toEqual(["anonymity warn"]);
    expect(heard({ silenced }, "x")).toHaveLength(2);
  });
});

describe("what holds", () => {
  const held = { text: "U had moeten lezen", check: "suppression", level: "hold" } as const;
  const heard = (change: Partial<Warning>, checks: object, silenced: object = {}) =>
    asWished(findingsOf(analysisOf(DRAFT, { ...held, ...change })), { checks, silenced } as never, "x").map(({ warning }) => warning.level);

  it.each(["warn", "hint", "off"])("is a warning and no less, however softly it is wanted: %s", (wish) =>
    expect(heard({}, { suppression: wish })).toEqual(["warn"]),
  );
  it("is heard on a site where it was silenced", () => expect(heard({}, {}, { x: ["suppression"] })).toEqual(["hold"]));
  it("is heard where only the answer says that it holds", () => {
    expect(heard({ check: "new-check" }, { "new-check": "off" }, { x: ["new-check"] })).toEqual(["warn"]);
    expect(maySilence({ check: "new-check", level: "hold" })).toBe(false);
  });
  it("is not made louder", () => expect(heard({ check: "too-long", level: "hint" }, { "too-long": "warn" })).toEqual(["hint"]));
  it("may not be silenced as a warning either, others may", () => {
    expect(maySilence({ check: "suppression", level: "warn" })).toBe(false);
    expect(maySilence({ check: "finger-pointing", level: "warn" })).toBe(true);
  });
});
