import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import messages from "../../extension/src/generated/messages.json";
import { checkName, localeFor, speaker, type TextKey } from "../../extension/src/texts";

const SOURCE = join(import.meta.dirname, "../../extension/src");
const keysOf = (texts: Record<string, Record<string, string>>) =>
  Object.entries(texts).flatMap(([table, entries]) => Object.keys(entries).map((key) => `${table}.${key}`));
const gapsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([gap]) => gap).sort();

describe("texts", () => {
  it("have the same keys in the same order in both languages", () => {
    expect(keysOf(messages.en)).toEqual(keysOf(messages.nl));
  });

  it.each(keysOf(messages.nl))("%s has the same gaps in both", (key) => {
    const [nl, en] = [speaker("nl"), speaker("en")].map(({ say }) => say(key as TextKey));
    expect(gapsOf(en ?? "")).toEqual(gapsOf(nl ?? ""));
  });

  it("are all used", () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
      (file) => /\.tsx?$/.test(file) && !file.includes("generated"),
    );
    const code = files.map((file) => readFileSync(join(SOURCE, file), "utf8")).join("\n");
    const computed =
      /^(?:checks\.|spelling\.(?:spelling|grammar|punctuation|style)$|languages\.|levels\.|states\.proofreader_|panel\.complaint_from_)/;
    const unused = keysOf(messages.nl).filter(
      (key) => !computed.test(key) && !code.includes(`"${key}"`) && !code.includes(`"${key.replace(/_(?:one|other|team)$/, "")}"`),
    );
    expect(unused).toEqual([]);
  });

  it("fill in values, with numbers as the language writes them", () => {
    const { say, count } = speaker("nl");
    expect(say("panel.limit", { count: 1234, most: 8000 })).toBe("1.234 van 8.000 tekens");
    expect(count("badge.findings", 1)).toBe("Meelezer: 1 opmerking");
    expect(count("badge.findings", 2)).toBe("Meelezer: 2 opmerkingen");
  });

  it("for a team's server stand below the text whose place they take, and have no other gaps", () => {
    const keys = keysOf(messages.nl);
    for (const [index, key] of keys.entries()) {
      if (!key.endsWith("_team")) continue;
      const usual = key.replace(/_team$/, "") as TextKey;
      expect(keys[index - 1]).toBe(usual);
      expect(gapsOf(speaker("nl", true).say(usual))).toEqual(gapsOf(speaker("nl").say(usual)));
    }
  });

  it.each(["nl", "en"] as const)("in %s say of a team's server that it is away, not that it was not started", (locale) => {
    const [here, team] = [speaker(locale), speaker(locale, true)];
    for (const key of ["badge.away", "badge.away_long", "states.away", "states.unpaired", "review.kept", "spelling.long"] as const) {
      expect(team.say(key)).not.toBe(here.say(key));
      expect(team.say(key)).not.toMatch(/gestart|start hem|running|start it|deze computer|this computer/i);
    }
    expect(team.say("states.away")).toMatch(
      locale === "nl" ? /^De server van je team antwoordt niet\./ : /^Your team's server does not answer\./,
    );
    expect(team.say("states.ready")).toBe(here.say("states.ready"));
  });

  it("name checks, and keep the id of one that is not known yet", () => {
    expect(checkName(speaker("en"), "finger-pointing")).toBe("Pointing at the customer");
    expect(checkName(speaker("en"), "brand-new")).toBe("brand-new");
  });

  it("begin in English for English browsers only", () => {
    expect(["nl", "nl-BE", "en-GB", "de"].map(localeFor)).toEqual(["nl", "nl", "en", "nl"]);
  });
});
