import { beforeEach, describe, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import { addJudgement, clearJudgements, countByCheck, type Judgement, loadJudgements } from "../../extension/src/judgements";
import { siteOf } from "../../extension/src/platforms";
import {
  changeSettings,
  companionAddress,
  isCompanionPage,
  isOn,
  loadSettings,
  type Settings,
  watchSettings,
} from "../../extension/src/settings";

const site = (address: string) => {
  const found = siteOf(address);
  if (!found) throw new Error(address);
  return found;
};

beforeEach(() => {
  fakeBrowser.reset();
  fakeBrowser.i18n.getUILanguage = () => "nl";
});

describe("settings", () => {
  it("begin careful: warnings hold, known platforms on, others off", async () => {
    const settings = await loadSettings();
    expect(settings).toMatchObject({ locale: "nl", holds: "playbook", port: 7463, writer: { name: "", role: "" } });
    expect(isOn(settings, site("https://x.com/a"))).toBe(true);
    expect(isOn(settings, site("https://shop.example/a"))).toBe(false);
  });

  it("keep what is not changed", async () => {
    await changeSettings(() => ({ writer: { name: "Noor", role: "" } }));
    await changeSettings(({ sites }) => ({ sites: { ...sites, x: false } }));
    const settings = await loadSettings();
    expect(settings.writer.name).toBe("Noor");
    expect(isOn(settings, site("https://x.com/a"))).toBe(false);
  });

  it("survive damage", async () => {
    await fakeBrowser.storage.local.set({ settings: "?" });
    expect((await loadSettings()).port).toBe(7463);
  });

  it("know where the companion is", async () => {
    expect(companionAddress(await loadSettings())).toBe("http://127.0.0.1:7463");
    await changeSettings(() => ({ port: 8000 }));
    expect(companionAddress(await loadSettings())).toBe("http://127.0.0.1:8000");
    await changeSettings(() => ({ server: "https://meelezer.example" }));
    expect(companionAddress(await loadSettings())).toBe("https://meelezer.example");
  });

  it.each(["http://meelezer.example", "https://*", "nonsense here", 7, {}])("send nothing to %s", async (server) => {
    await fakeBrowser.storage.local.set({ settings: { server } });
    expect(companionAddress(await loadSettings())).toBe("http://127.0.0.1:7463");
  });

  it.each([
    [null, "http://127.0.0.1:7463/reviews", true],
    [null, "http://127.0.0.1:8000/reviews", false],
    [null, "https://meelezer.example/", false],
    ["https://meelezer.example", "https://meelezer.example/people/me?a#b", true],
    ["https://meelezer.example", "https://meelezer.example:8443/", false],
    ["https://meelezer.example", "https://x.com/meelezer.example", false],
    ["https://meelezer.example", "about:blank", false],
    ["https://meelezer.example", "", false],
  ])("with %s, %s is a page of the companion: %s", (server, address, expected) => {
    expect(isCompanionPage({ server, port: 7463 }, address)).toBe(expected);
  });

  it("tell who watches, until they stop", async () => {
    const seen: Settings[] = [];
    const watching = new AbortController();
    watchSettings((settings) => seen.push(settings), watching.signal);
    await changeSettings(() => ({ holds: "hold" }));
    watching.abort();
    await changeSettings(() => ({ holds: "nothing" }));
    expect(seen.map(({ holds }) => holds)).toEqual(["hold"]);
  });
});

describe("judgements", () => {
  const judgement = (check: string): Judgement => ({
    check,
    reason: "fine",
    note: "",
    words: "x",
    seenBy: "pattern",
    language: "nl",
    site: "x",
    at: "2026-11-26T10:00:00Z",
  });

  it("are kept, counted and cleared", async () => {
    for (const check of ["sarcasm", "anonymity", "sarcasm"]) await addJudgement(judgement(check));
    expect(countByCheck(await loadJudgements())).toEqual([
      ["sarcasm", 2],
      ["anonymity", 1],
    ]);
    await clearJudgements();
    expect(await loadJudgements()).toEqual([]);
  });

  it("of two tabs at the same moment are both kept", async () => {
    await Promise.all(["sarcasm", "anonymity"].map((check) => addJudgement(judgement(check))));
    expect((await loadJudgements()).map(({ check }) => check)).toEqual(["sarcasm", "anonymity"]);
  });
});
