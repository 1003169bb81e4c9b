import { beforeEach, describe, expect, it } from "vitest";
import type { Departed } from "../../extension/src/guard/departure";
import { type Asked, type Conversing, Reviewing } from "../../extension/src/reviewing";
import type { Settings } from "../../extension/src/settings";
import { reviewOf } from "./worker/review";

describe("four eyes on a draft", () => {
  let answer: Asked;
  let about: Conversing;
  let asked: string[];
  let reviewing: Reviewing;

  beforeEach(() => {
    answer = { state: "none" };
    about = { site: "x", complaint: "Drie weken!", page: "https://x.com/1" };
    asked = [];
    const door = {
      settings: () => ({ writer: { name: " Noor ", role: "" } }) as Settings,
      askColleague: async () => answer,
      lookAtReview: async (conversing: Conversing) => {
        asked.push(conversing.complaint ?? "");
        return answer;
      },
      changeReview: async (_about: Conversing, text: string, basedOn: number, by: string) => {
        asked.push(`${by} ${basedOn} ${text}`);
        return answer;
      },
      placeReview: async (conversing: Conversing, { text }: Departed, by: string) => {
        asked.push(`${by} placed ${text} below ${conversing.complaint}`);
        return answer;
      },
      redraw: () => undefined,
    };
    reviewing = new Reviewing(door, () => about);
  });

  const request = { draft: { text: "Dag Lisa" }, writer: { name: "Noor", role: null } } as Parameters<Reviewing["ask"]>[0];

  it("approves one text and no other", async () => {
    answer = { state: "ready", content: reviewOf({ state: "approved", draft: "Dag Lisa" }) };
    await reviewing.ask(request);
    expect(reviewing.isApproved("Dag Lisa\n")).toBe(true);
    expect(reviewing.isApproved("Dag Lisa!")).toBe(false);
    answer = { state: "ready", content: reviewOf({ state: "waiting" }) };
    await reviewing.look();
    expect(reviewing.isApproved("Dag Lisa")).toBe(false);
  });

  it("keeps what a colleague said while the companion is away for a moment", async () => {
    answer = { state: "ready", content: reviewOf({ state: "approved" }) };
    await reviewing.ask(request);
    for (const trouble of [{ state: "away" }, { state: "unpaired" }, { state: "kept" }] as const) {
      answer = trouble;
      await reviewing.look();
      expect(reviewing.review?.state).toBe("approved");
    }
    answer = { state: "none" };
    await reviewing.look();
    expect(reviewing.review).toBeNull();
  });

  it("shows nothing of one complaint below another", async () => {
    answer = { state: "ready", content: reviewOf({ state: "approved" }) };
    await reviewing.ask(request);
    about = { ...about, complaint: "Een andere klacht" };
    answer = { state: "away" };
    await reviewing.look();
    expect(reviewing.review).toBeNull();
  });

  const departed = { text: "Dag Lisa!", at: "2026-11-27T21:00:00.000Z" };
  const ready = (changes: Parameters<typeof reviewOf>[0]): Asked => ({ state: "ready", content: reviewOf(changes) });

  it("tells what was posted in the name of the one who asked, and shows it as placed", async () => {
    expect(reviewing.open).toBeNull();
    answer = ready({ state: "approved", writer: "Noor B." });
    await reviewing.ask(request);
    expect(reviewing.open).toEqual(about);
    answer = ready({ state: "approved", draft: "Dag Lisa!", placed_at: "2026-11-27T21:00:00Z", placed_as: "changed" });
    await reviewing.place(about, departed);
    expect(asked).toEqual(["Noor B. placed Dag Lisa! below Drie weken!"]);
    expect(reviewing.view.isPlaced).toBeUndefined();
    expect(reviewing.open).toBeNull();
    // The newest text is the one that was posted, and nobody approved that.
    expect(reviewing.isApproved("Dag Lisa!")).toBe(false);
  });

  it.each([{ state: "away" }, { state: "kept" }] as const)("says what was seen until the companion knows: %o", async (trouble) => {
    answer = trouble.state === "kept" ? trouble : ready({});
    await reviewing.ask(request);
    answer = trouble;
    await reviewing.place(about, departed);
    await reviewing.look();
    expect(reviewing.view.isPlaced).toBe(true);
    expect(reviewing.open).toBeNull();
    answer = ready({ placed_at: "2026-11-27T21:00:00Z", placed_as: "unapproved" });
    await reviewing.look();
    expect(reviewing.view.isPlaced).toBeUndefined();
    expect(reviewing.review?.placed_as).toBe("unapproved");
  });

  it("says nothing of a text that could not be told, nor below another complaint", async () => {
    answer = ready({});
    await reviewing.ask(request);
    answer = { state: "failed", reason: "Nee." };
    await reviewing.place(about, departed);
    expect(reviewing.view).toMatchObject({ asked: { state: "ready" }, note: "Nee.", isPlaced: false });
    const before = about;
    about = { ...about, complaint: "Een andere klacht" };
    expect(reviewing.open).toBeNull();
    answer = ready({ placed_at: "2026-11-27T21:00:00Z" });
    await reviewing.place(before, departed);
    expect(reviewing.review?.placed_at).toBeNull();
  });

  it("sends the changed text on the version it was made from, and says what stood in the way", async () => {
    answer = { state: "ready", content: reviewOf({ version: 3 }) };
    await reviewing.ask(request);
    answer = { state: "failed", reason: "Bob was eerst." };
    await reviewing.sendAgain("Nieuw");
    expect(asked).toEqual(["Noor 3 Nieuw"]);
    expect(reviewing.view).toMatchObject({ asked: { state: "ready" }, note: "Bob was eerst." });
  });
});
