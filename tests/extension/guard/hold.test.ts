import { describe, expect, it } from "vitest";
import { Hold, seriousFindings } from "../../../extension/src/guard/hold";
import { findingsOf } from "../../../extension/src/reading/findings";
import { analysisOf } from "../reading/analysis";

describe("holding a post", () => {
  it("lets a harmless text through", () => {
    expect(new Hold().press("Dag", false)).toBe("pass");
  });

  it("holds once and lets the same text through on the second press, for good", () => {
    const hold = new Hold();
    expect(hold.press("Dag", true)).toBe("hold");
    hold.arm();
    expect(hold.press("Dag", true)).toBe("pass");
    expect(hold.press("Dag", true)).toBe("pass");
  });

  it("swallows the second half of a double press, and a key that is held down", () => {
    const hold = new Hold();
    hold.press("Dag", true);
    expect(hold.press("Dag", true)).toBe("swallow");
    hold.arm();
    expect(hold.press("Dag", true, true)).toBe("swallow");
    expect(hold.press("Dag", true)).toBe("pass");
  });

  it("holds anew after any edit, also after a release", () => {
    const hold = new Hold();
    hold.press("Dag", true);
    hold.arm();
    hold.edit("Dag!");
    expect(hold.press("Dag!", true)).toBe("hold");
    hold.arm();
    hold.press("Dag!", true);
    hold.edit("");
    hold.edit("Dag!");
    expect(hold.press("Dag!", true)).toBe("hold");
  });

  it("lets a held text through when nothing is found in it any more", () => {
    const hold = new Hold();
    hold.press("Dag", true);
    hold.arm();
    expect(hold.press("Dag", false)).toBe("pass");
  });
});

describe("what holds", () => {
  const text = "een twee drie";
  const findings = findingsOf(
    analysisOf(text, { text: "een", level: "hold" }, { text: "twee", level: "warn" }, { text: "drie", level: "hint" }),
  );
  it.each([
    ["nothing", []],
    ["hold", ["een"]],
    ["warn", ["een", "twee"]],
  ] as const)("%s", (holds, words) => {
    expect(seriousFindings(findings, holds).map(({ warning }) => warning.text)).toEqual(words);
  });
});
