import { beforeEach, describe, expect, it } from "vitest";
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

  it("sends the changed text on the version it was made from, and says what stood in the way", async () => {
    answer = { state: "ready", content: reviewOf({ version: 3 }) };
    await reviewing.ask(request);
    answer = { state: "failed", reason: "Bob was eerst." };
    await reviewing.sendAgain("Nieuw");
    expect(asked).toEqual(["Noor 3 Nieuw"]);
    expect(reviewing.view).toMatchObject({ asked: { state: "ready" }, note: "Bob was eerst." });
  });
});
