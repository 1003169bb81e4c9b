import { beforeEach, describe, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Joining } from "../../../extension/src/companion/contract";
import { changeSettings, loadSettings } from "../../../extension/src/settings";
import { Team } from "../../../extension/src/worker/team";

const [ONE, OTHER] = ["https://meelezer.example", "https://anders.example"];

describe("going over to a team's server", () => {
  let outcome: Joining;
  let left: string[];
  let removed: string[];
  let team: Team;

  beforeEach(() => {
    fakeBrowser.reset();
    fakeBrowser.i18n.getUILanguage = () => "nl";
    fakeBrowser.runtime.getManifest = () => ({ host_permissions: ["http://127.0.0.1/*"] }) as never;
    fakeBrowser.permissions.remove = async ({ origins = [] }) => {
      removed.push(...origins);
      return true;
    };
    [outcome, left, removed] = [{ state: "joined" }, [], []];
    const companion = { join: async () => outcome, leave: async (server: string) => void left.push(`token ${server}`) };
    team = new Team(companion, { forget: async (server: string) => void left.push(`reviews ${server}`) });
  });

  it("is kept once it is taken", async () => {
    expect(await team.join(ONE, "mine")).toEqual({ state: "joined" });
    expect((await loadSettings()).server).toBe(ONE);
    expect([left, removed]).toEqual([[], []]);
  });

  it("leaves no permission for a server that is not used", async () => {
    outcome = { state: "stranger" };
    await team.join(ONE, "mine");
    expect((await loadSettings()).server).toBeNull();
    expect(removed).toEqual([`${ONE}/*`]);
  });

  it("a wrong token changes nothing for the server that is used", async () => {
    await team.join(ONE, "mine");
    outcome = { state: "refused" };
    await team.join(ONE, "wrong");
    expect((await loadSettings()).server).toBe(ONE);
    expect([left, removed]).toEqual([[], []]);
  });

  it("forgets the server before it", async () => {
    await team.join(ONE, "mine");
    await team.join(OTHER, "theirs");
    expect((await loadSettings()).server).toBe(OTHER);
    expect(left).toEqual([`token ${ONE}`, `reviews ${ONE}`]);
    expect(removed).toEqual([`${ONE}/*`]);
  });

  it("leaves nothing behind", async () => {
    await team.join(ONE, "mine");
    await team.leave();
    expect((await loadSettings()).server).toBeNull();
    expect(left).toEqual([`token ${ONE}`, `reviews ${ONE}`]);
    expect(removed).toEqual([`${ONE}/*`]);
  });

  it("keeps a permission that something else needs", async () => {
    await team.join("http://127.0.0.1:8000", "mine");
    await team.leave();
    await changeSettings(() => ({ sites: { "meelezer.example": true } }));
    await team.join(ONE, "mine");
    await team.leave();
    expect(removed).toEqual([]);
  });

  it("does not mind a browser that keeps the permission", async () => {
    fakeBrowser.permissions.remove = () => Promise.reject(new Error("required"));
    await team.join(ONE, "mine");
    await team.leave();
    expect((await loadSettings()).server).toBeNull();
  });
});
