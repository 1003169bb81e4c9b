import { beforeEach, describe, expect, it } from "vitest";
import { CompanionClient } from "../../../extension/src/companion/client";
import type { AnalysisRequest } from "../../../extension/src/companion/contract";
import type { TokenStore } from "../../../extension/src/companion/token";
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
  const TEAM = "https://meelezer.example";
  const HEALTH = { service: "meelezer", version: "0.1.0", api: 1, languagetool: "off", reason: null };
  let server: string | null;
  let tokens: Map<string | null, string>;
  let sent: { url: string; init: RequestInit }[];
  let reply: () => Response;
  let client: CompanionClient;

  beforeEach(() => {
    server = null;
    tokens = new Map([[null, "secret"]]);
    sent = [];
    const store: TokenStore = {
      load: async (from) => tokens.get(from) ?? null,
      keep: async (from, fresh) => void tokens.set(from, fresh),
      forget: async (from) => void tokens.delete(from),
    };
    const fetch = async (url: unknown, init?: RequestInit) => {
      sent.push({ url: String(url), init: init ?? {} });
      return reply();
    };
    client = new CompanionClient(async () => ({ server, port: 7463 }), store, fetch as typeof globalThis.fetch);
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
    tokens.clear();
    expect(await client.analyse(REQUEST)).toEqual({ state: "unpaired" });
    expect(sent).toEqual([]);
  });

  it.each([
    [401, failure("token-wrong"), { state: "unpaired" }],
    [404, failure("not-found"), { state: "outdated" }],
    [413, failure("draft-too-long"), { state: "failed", reason: "Uitleg." }],
    [503, failure("model-missing"), { state: "failed", reason: "Uitleg.", passing: true }],
    [429, failure("too-many"), { state: "failed", reason: "Uitleg.", passing: true }],
    [409, failure("review-erased"), { state: "failed", reason: "Uitleg." }],
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
    expect(await client.analyse(REQUEST)).toEqual({ state: "failed", reason: "HTTP 500", passing: true });
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
    reply = () => json(HEALTH);
    expect(await client.health()).toMatchObject({ state: "ready", content: { paired: true } });
  });

  it.each([
    [403, failure("pairing-code-wrong"), { state: "wrong-code" }],
    [422, failure("invalid"), { state: "wrong-code" }],
    [429, failure("too-many"), { state: "too-often" }],
    [500, failure("broken"), { state: "failed", reason: "Uitleg." }],
  ])("pairing answered with %i", async (status, body, expected) => {
    tokens.clear();
    reply = () => json(body, status);
    expect(await client.pair("123-456", "Chrome")).toEqual(expected);
    expect(tokens.size).toBe(0);
  });

  it("keeps the token of a pairing", async () => {
    reply = () => json({ token: "fresh" }, 201);
    expect(await client.pair("123-456", "Chrome")).toEqual({ state: "paired" });
    expect(tokens.get(null)).toBe("fresh");
    await client.unpair();
    expect(tokens.size).toBe(0);
  });

  it("asks the team's server, with the token for that server and no other", async () => {
    server = TEAM;
    reply = () => json(HEALTH);
    expect(await client.health()).toMatchObject({ state: "ready", content: { paired: false } });
    expect(await client.analyse(REQUEST)).toEqual({ state: "unpaired" });
    expect(sent.map(({ url }) => url)).toEqual([`${TEAM}/v1/health`]);
    tokens.set(TEAM, "mine");
    reply = () => json(analysisOf("Dag"));
    expect((await client.analyse(REQUEST)).state).toBe("ready");
    expect(sent.at(-1)).toMatchObject({ url: `${TEAM}/v1/analyses`, init: { headers: { Authorization: "Bearer mine" } } });
    server = null;
    await client.analyse(REQUEST);
    expect(sent.at(-1)).toMatchObject({ url: "http://127.0.0.1:7463/v1/analyses", init: { headers: { Authorization: "Bearer secret" } } });
  });

  it("sends no token elsewhere when the place changes while it is being read", async () => {
    const store: TokenStore = {
      load: async (from) => {
        server = TEAM;
        return from === null ? "secret" : "mine";
      },
      keep: async () => undefined,
      forget: async () => undefined,
    };
    const fetch = async (url: unknown, init?: RequestInit) => {
      sent.push({ url: String(url), init: init ?? {} });
      return json(analysisOf("Dag"));
    };
    await new CompanionClient(async () => ({ server, port: 7463 }), store, fetch as typeof globalThis.fetch).analyse(REQUEST);
    expect(sent[0]).toMatchObject({ url: "http://127.0.0.1:7463/v1/analyses", init: { headers: { Authorization: "Bearer secret" } } });
  });

  it("a code is never sent to a team's server", async () => {
    server = TEAM;
    reply = () => json({ token: "fresh" }, 201);
    await client.pair("123-456", "Chrome");
    expect(sent[0]?.url).toBe("http://127.0.0.1:7463/v1/pairings");
    expect(tokens).toEqual(new Map([[null, "fresh"]]));
  });

  it("is not paired any more once its token was refused", async () => {
    reply = () => json(failure("token-wrong"), 401);
    await client.analyse(REQUEST);
    reply = () => json(HEALTH);
    expect(await client.health()).toMatchObject({ content: { paired: false } });
    tokens.set(null, "fresh");
    expect(await client.health()).toMatchObject({ content: { paired: true } });
  });

  it("joins a server that is a Meelezer and knows the token", async () => {
    reply = () => json(sent.length === 1 ? HEALTH : { checks: [] });
    expect(await client.join(TEAM, "mine")).toEqual({ state: "joined" });
    expect(sent.map(({ url }) => url)).toEqual([`${TEAM}/v1/health`, `${TEAM}/v1/checks`]);
    expect(sent[0]?.init.headers).not.toHaveProperty("Authorization");
    expect(sent[1]?.init.headers).toMatchObject({ Authorization: "Bearer mine" });
    expect(tokens).toEqual(
      new Map([
        [null, "secret"],
        [TEAM, "mine"],
      ]),
    );
    await client.leave(TEAM);
    expect(tokens).toEqual(new Map([[null, "secret"]]));
  });

  it.each([
    [() => json({ service: "something-else" }), { state: "stranger" }],
    [() => new Response("<html>", { status: 200 }), { state: "stranger" }],
    [() => json("?", 502), { state: "stranger" }],
    [() => json(failure("wrong-host"), 421), { state: "failed", reason: "Uitleg." }],
    [() => json({ ...HEALTH, api: 2 }), { state: "outdated" }],
    [() => Promise.reject(new TypeError("Failed to fetch")) as never, { state: "away" }],
  ])("shows the token to nobody but a Meelezer: %#", async (answer, expected) => {
    reply = answer;
    expect(await client.join(TEAM, "mine")).toEqual(expected);
    expect(sent).toHaveLength(1);
    expect(tokens.has(TEAM)).toBe(false);
  });

  it.each([
    ["mine", () => json(failure("token-wrong"), 401), { state: "refused" }],
    ["geen token", () => json({ checks: [] }), { state: "refused" }],
    ["tokén", () => json({ checks: [] }), { state: "refused" }],
    ["mine", () => json(failure("storage-failed"), 503), { state: "failed", reason: "Uitleg." }],
    ["mine", () => json(failure("not-found"), 404), { state: "outdated" }],
    ["mine", () => json({ other: [] }), { state: "outdated" }],
  ])("keeps no token that was not taken: %s, %#", async (token, answer, expected) => {
    reply = () => (sent.length === 1 ? json(HEALTH) : answer());
    expect(await client.join(TEAM, token)).toEqual(expected);
    expect(tokens.has(TEAM)).toBe(false);
  });
});
