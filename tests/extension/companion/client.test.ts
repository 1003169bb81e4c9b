import { beforeEach, describe, expect, it } from "vitest";
import { CompanionClient } from "../../../extension/src/companion/client";
import type { AnalysisRequest } from "../../../extension/src/companion/contract";
import { analysisOf } from "../reading/analysis";

const REQUEST: AnalysisRequest = {
  draft: { text: "Dag" },
  complaint: null,
  writer: null,
  platform: "x",
  channel: "public",
  justified: null,
  language: null,
  locale: "nl",
};
const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const failure = (code: string, message = "Uitleg.") => ({ error: { code, message, field: null } });

describe("the companion's door", () => {
  let token: string | null;
  let sent: { url: string; init: RequestInit }[];
  let reply: () => Response;
  let client: CompanionClient;

  beforeEach(() => {
    token = "secret";
    sent = [];
    const store = {
      load: async () => token,
      keep: async (fresh: string) => {
        token = fresh;
      },
      forget: async () => {
        token = null;
      },
    };
    const fetch = async (url: unknown, init?: RequestInit) => {
      sent.push({ url: String(url), init: init ?? {} });
      return reply();
    };
    client = new CompanionClient(async () => 7463, store, fetch as typeof globalThis.fetch);
  });

  it("asks 127.0.0.1 with the token, without cookies, and follows nobody elsewhere", async () => {
    reply = () => json(analysisOf("Dag"));
    expect((await client.analyse(REQUEST)).state).toBe("ready");
    expect(sent[0]?.url).toBe("http://127.0.0.1:7463/v1/analyses");
    expect(sent[0]?.init).toMatchObject({
      method: "POST",
      credentials: "omit",
      redirect: "error",
      headers: { Authorization: "Bearer secret" },
    });
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual(REQUEST);
  });

  it("sends nothing without a token", async () => {
    token = null;
    expect(await client.analyse(REQUEST)).toEqual({ state: "unpaired" });
    expect(sent).toEqual([]);
  });

  it.each([
    [401, failure("token-wrong"), { state: "unpaired" }],
    [404, failure("not-found"), { state: "outdated" }],
    [413, failure("draft-too-long"), { state: "failed", reason: "Uitleg." }],
    [503, failure("model-missing"), { state: "failed", reason: "Uitleg." }],
  ])("understands %i", async (status, body, expected) => {
    reply = () => json(body, status);
    expect(await client.analyse(REQUEST)).toEqual(expected);
  });

  it("calls an answer of another shape outdated, and one that is no JSON too", async () => {
    reply = () => json({ findings: [] });
    expect(await client.analyse(REQUEST)).toEqual({ state: "outdated" });
    reply = () => new Response("<html>", { status: 200 });
    expect(await client.analyse(REQUEST)).toEqual({ state: "outdated" });
    reply = () => new Response("oops", { status: 500 });
    expect(await client.analyse(REQUEST)).toEqual({ state: "failed", reason: "HTTP 500" });
  });

  it("knows that nobody is home", async () => {
    reply = () => {
      throw new TypeError("Failed to fetch");
    };
    expect(await client.analyse(REQUEST)).toEqual({ state: "away" });
    expect(await client.health()).toEqual({ state: "away" });
    expect(await client.pair("123-456", "Chrome")).toEqual({ state: "away" });
  });

  it("knows another service on the port, and another version", async () => {
    reply = () => json({ service: "something-else" });
    expect(await client.health()).toEqual({ state: "away" });
    reply = () => json({ service: "meelezer", version: "9", api: 2, languagetool: "off" });
    expect(await client.health()).toEqual({ state: "outdated" });
    reply = () => json({ service: "meelezer", version: "0.1.0", api: 1, languagetool: "off", reason: null });
    expect(await client.health()).toMatchObject({ state: "ready", content: { paired: true } });
  });

  it.each([
    [403, failure("pairing-code-wrong"), { state: "wrong-code" }],
    [422, failure("invalid"), { state: "wrong-code" }],
    [429, failure("too-many"), { state: "too-often" }],
    [500, failure("broken"), { state: "failed", reason: "Uitleg." }],
  ])("pairing answered with %i", async (status, body, expected) => {
    token = null;
    reply = () => json(body, status);
    expect(await client.pair("123-456", "Chrome")).toEqual(expected);
    expect(token).toBeNull();
  });

  it("keeps the token of a pairing", async () => {
    reply = () => json({ token: "fresh" }, 201);
    expect(await client.pair("123-456", "Chrome")).toEqual({ state: "paired" });
    expect(token).toBe("fresh");
    await client.unpair();
    expect(token).toBeNull();
  });
});
