import { beforeEach, describe, expect, it } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { PlacementRequest, Review, ReviewRequest } from "../../../extension/src/companion/contract";
import type { Asked, Conversing } from "../../../extension/src/reviewing";
import { REST, Reviews } from "../../../extension/src/worker/reviews";
import { reviewOf } from "./review";

const ABOUT: Conversing = { site: "x", complaint: "Drie weken wachten!", page: "https://x.com/a/1" };
const REQUEST: Omit<ReviewRequest, "key"> = {
  draft: { text: "Dag Lisa" },
  complaint: null,
  writer: { name: "Noor", role: null },
  platform: "x",
  page: null,
  channel: "public",
  justified: null,
  language: null,
};

describe("drafts that a colleague reads", () => {
  let isAway: boolean;
  let refusal: Asked | null;
  let sent: ReviewRequest[];
  let stored: Map<string, Review>;
  let reviews: Reviews;
  let server: string | null;
  let meanwhile: (() => Promise<void>) | null;
  let told: [string, PlacementRequest][];

  const companion = {
    async askColleague(request: ReviewRequest): Promise<ReturnType<typeof ready> | { readonly state: "away" } | never> {
      sent.push(request);
      await meanwhile?.();
      if (isAway) return { state: "away" };
      if (refusal) return refusal as never;
      const known = stored.get(request.key) ?? reviewOf({ id: `id-${stored.size + 1}`, draft: request.draft.text });
      stored.set(request.key, known);
      return ready(known);
    },
    async review(id: string) {
      if (isAway) return { state: "away" } as const;
      const found = [...stored.values()].find((review) => review.id === id);
      return found ? ready(found) : ({ state: "none" } as const);
    },
    async placeReview(id: string, request: PlacementRequest) {
      told.push([id, request]);
      if (isAway) return { state: "away" } as const;
      const found = [...stored.values()].find((review) => review.id === id);
      if (refusal) return refusal as never;
      return found ? ready({ ...found, placed_at: "2026-11-27T21:00:00Z" }) : ({ state: "none" } as const);
    },
    async changeReview(id: string, { text }: { readonly text: string }) {
      return ready(reviewOf({ id, draft: text, version: 2 }));
    },
  };

  beforeEach(() => {
    fakeBrowser.reset();
    [isAway, refusal, sent, stored, server, told, meanwhile] = [false, null, [], new Map(), null, [], null];
    reviews = new Reviews(companion, async () => server);
  });

  it("is nothing until somebody is asked, and asks the companion nothing", async () => {
    expect(await reviews.look(ABOUT)).toEqual({ state: "none" });
    expect(sent).toEqual([]);
  });

  it("is found again by its complaint, also by a worker that was started anew", async () => {
    await reviews.ask(ABOUT, REQUEST);
    const again = new Reviews(companion, async () => server);
    expect(await again.look({ ...ABOUT, page: "https://x.com/elsewhere" })).toMatchObject({ state: "ready", content: { id: "id-1" } });
    expect(await again.look({ ...ABOUT, complaint: "Iets anders" })).toEqual({ state: "none" });
    expect(await again.look({ ...ABOUT, site: "facebook" })).toEqual({ state: "none" });
  });

  it("keeps neither draft nor complaint in the browser once it is sent", async () => {
    await reviews.ask(ABOUT, REQUEST);
    const kept = JSON.stringify(await fakeBrowser.storage.local.get(null));
    expect(kept).not.toContain("Dag Lisa");
    expect(kept).not.toContain("Drie weken");
  });

  it("waits in the browser while the companion is away, and is sent once when it is back", async () => {
    isAway = true;
    expect(await reviews.ask(ABOUT, REQUEST)).toEqual({ state: "kept" });
    const restarted = new Reviews(companion, async () => server);
    expect(await restarted.look(ABOUT)).toEqual({ state: "kept" });
    isAway = false;
    await Promise.all([restarted.flush(), restarted.flush()]);
    expect(stored.size).toBe(1);
    expect(await restarted.look(ABOUT)).toMatchObject({ state: "ready" });
  });

  it("sends the same draft under the same key, so that an answer that was lost makes no second review", async () => {
    isAway = true;
    await reviews.ask(ABOUT, REQUEST);
    isAway = false;
    await new Reviews(companion, async () => server).ask(ABOUT, REQUEST);
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    expect(stored.size).toBe(1);
    await reviews.ask(ABOUT, { ...REQUEST, draft: { text: "Iets anders" } });
    expect(stored.size).toBe(2);
  });

  it("tells why it is refused, and does not try again by itself", async () => {
    refusal = { state: "failed", reason: "De schijf is vol." };
    expect(await reviews.ask(ABOUT, REQUEST)).toEqual(refusal);
    await reviews.flush();
    expect(sent).toHaveLength(1);
    expect(await reviews.look(ABOUT)).toEqual({ state: "none" });
  });

  it("forgets what was erased", async () => {
    await reviews.ask(ABOUT, REQUEST);
    stored.clear();
    expect(await reviews.look(ABOUT)).toEqual({ state: "none" });
    expect(Object.keys((await fakeBrowser.storage.local.get("reviews")).reviews as object)).toEqual([]);
  });

  it("lets nobody change a review that this browser did not ask for", async () => {
    expect(await reviews.change(ABOUT, "x", 1, "Noor")).toEqual({ state: "none" });
    await reviews.ask(ABOUT, REQUEST);
    expect(await reviews.change(ABOUT, "Nieuw", 1, "Noor")).toMatchObject({ state: "ready", content: { draft: "Nieuw" } });
  });

  it("a draft that waits for one companion goes to no other", async () => {
    isAway = true;
    await reviews.ask(ABOUT, REQUEST);
    isAway = false;
    server = "https://meelezer.example";
    const before = sent.length;
    await reviews.flush();
    expect(await reviews.look(ABOUT)).toEqual({ state: "none" });
    expect(sent).toHaveLength(before);
    server = null;
    await reviews.flush();
    expect(await reviews.look(ABOUT)).toMatchObject({ state: "ready" });
  });

  const DEPARTED = { text: "Dag Lisa, tot morgen", at: "2026-11-27T21:00:00.000Z" };
  const kept = async () => JSON.stringify(await fakeBrowser.storage.local.get(null));

  it("tells once that a text was posted, and keeps it no longer than that", async () => {
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toEqual({ state: "none" });
    await reviews.ask(ABOUT, REQUEST);
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toMatchObject({ state: "ready", content: { placed_at: "2026-11-27T21:00:00Z" } });
    expect(told).toEqual([["id-1", { by: "Noor", ...DEPARTED }]]);
    expect(await kept()).not.toContain("tot morgen");
    await reviews.flush();
    expect(told).toHaveLength(1);
  });

  it("keeps that a text was posted while the companion is away, also in a worker that is started anew", async () => {
    await reviews.ask(ABOUT, REQUEST);
    isAway = true;
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toEqual({ state: "away" });
    await reviews.place(ABOUT, { ...DEPARTED, text: "Een tweede" }, "Noor");
    isAway = false;
    told = [];
    const restarted = new Reviews(companion, async () => server);
    await Promise.all([restarted.flush(), restarted.flush()]);
    expect(told.map(([, { text }]) => text)).toEqual([DEPARTED.text]);
    expect(await restarted.look(ABOUT)).toMatchObject({ state: "ready" });
    expect(told).toHaveLength(1);
  });

  it("sends a draft that was posted before it could be sent, and then that it was posted", async () => {
    isAway = true;
    await reviews.ask(ABOUT, REQUEST);
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toEqual({ state: "kept" });
    expect(told).toEqual([]);
    isAway = false;
    expect(await reviews.look(ABOUT)).toMatchObject({ state: "ready", content: { id: "id-1", placed_at: "2026-11-27T21:00:00Z" } });
    expect(told.map(([id]) => id)).toEqual(["id-1"]);
    expect(await kept()).not.toContain("Dag Lisa");
  });

  it("forgets neither that a text was posted while it was being asked about", async () => {
    meanwhile = async () => {
      meanwhile = null;
      isAway = true;
      await reviews.place(ABOUT, DEPARTED, "Noor");
      isAway = false;
    };
    expect(await reviews.ask(ABOUT, REQUEST)).toMatchObject({ state: "ready", content: { placed_at: "2026-11-27T21:00:00Z" } });
    expect(told.map(([id, { text }]) => [id, text])).toContainEqual(["id-1", DEPARTED.text]);
    expect(await kept()).not.toContain("Dag Lisa");
  });

  it("does not tell again what was refused or erased", async () => {
    await reviews.ask(ABOUT, REQUEST);
    refusal = { state: "failed", reason: "Nee." };
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toEqual(refusal);
    refusal = null;
    await reviews.flush();
    expect(told).toHaveLength(1);
    expect(await reviews.look(ABOUT)).toMatchObject({ state: "ready" });
    stored.clear();
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toEqual({ state: "none" });
    expect(await kept()).not.toContain("tot morgen");
  });

  it("tells again what the companion could not take now, after a rest, also in a worker that is started anew", async () => {
    let now = 0;
    const patient = new Reviews(
      companion,
      async () => server,
      () => now,
    );
    await patient.ask(ABOUT, REQUEST);
    refusal = { state: "failed", reason: "De database is bezet.", passing: true };
    expect(await patient.place(ABOUT, DEPARTED, "Noor")).toEqual({ state: "kept" });
    now = REST - 1;
    await patient.flush();
    expect(await patient.look(ABOUT)).toEqual({ state: "kept" });
    expect(told).toHaveLength(1);
    now = REST;
    await patient.flush();
    expect(told).toHaveLength(2);
    expect(await kept()).toContain("tot morgen");
    refusal = null;
    const restarted = new Reviews(companion, async () => server);
    await restarted.flush();
    expect(told.map(([, { text }]) => text)).toEqual(Array(3).fill(DEPARTED.text));
    expect(await kept()).not.toContain("tot morgen");
    await restarted.flush();
    await patient.flush();
    expect(told).toHaveLength(3);
  });

  it("tells one companion what it was asked about, and no other", async () => {
    await reviews.ask(ABOUT, REQUEST);
    isAway = true;
    await reviews.place(ABOUT, DEPARTED, "Noor");
    isAway = false;
    told = [];
    server = "https://meelezer.example";
    await reviews.flush();
    expect(await reviews.place(ABOUT, DEPARTED, "Noor")).toEqual({ state: "none" });
    expect(told).toEqual([]);
  });

  it("forgets what was asked at a server that is left, and nothing else", async () => {
    await reviews.ask(ABOUT, REQUEST);
    server = "https://meelezer.example";
    isAway = true;
    await reviews.ask(ABOUT, REQUEST);
    isAway = false;
    await reviews.forget(server);
    await reviews.flush();
    expect(await reviews.look(ABOUT)).toEqual({ state: "none" });
    expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).not.toContain("Dag Lisa");
    server = null;
    expect(await reviews.look(ABOUT)).toMatchObject({ state: "ready" });
  });
});

function ready(content: Review) {
  return { state: "ready", content } as const;
}
