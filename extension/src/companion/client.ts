import { companionAddress, type Whereabouts } from "../settings";
import {
  type Analysis,
  type AnalysisRequest,
  type Answer,
  API_VERSION,
  type Health,
  type Joining,
  type Pairing,
  type PlacementRequest,
  type Playbook,
  type Proofreading,
  type ProofreadingRequest,
  type Review,
  type ReviewRequest,
  type Suggestion,
  type VersionRequest,
} from "./contract";
import type { TokenStore } from "./token";

/** A fetch without an answer stops the service worker after 30 s; the user has long stopped waiting by then. */
const PATIENCE = 8_000;
/** Anything else breaks the header, and would look like a server that is away. */
const TOKEN = /^[\x21-\x7e]+$/;
/** A Meelezer that does not know itself by this address says so in words of its own. */
const NOT_HERE: readonly (string | undefined)[] = ["wrong-host", "origin-not-allowed"];

interface Failure {
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** The one door to the companion. Only the service worker opens it: a page's own origin never reaches 127.0.0.1. */
export class CompanionClient {
  /** Refused just now: this browser is not paired, whatever is stored. */
  private refused: string | null = null;

  constructor(
    private readonly whereabouts: () => Promise<Whereabouts>,
    private readonly token: TokenStore,
    private readonly fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
  ) {}

  async health(): Promise<Answer<Health & { readonly paired: boolean }>> {
    const where = await this.whereabouts();
    const found = await this.look(companionAddress(where));
    if (found.state === "stranger" || found.state === "failed") return { state: "away" };
    if (found.state !== "ready") return found;
    const token = await this.token.load(where.server);
    return { state: "ready", content: { ...found.content, paired: token !== null && token !== this.refused } };
  }

  /** Who answers at an address. */
  private async look(address: string): Promise<Exclude<Answer<Health>, { state: "unpaired" }> | { readonly state: "stranger" }> {
    const response = await this.send(address, "GET", "health");
    if (!response) return { state: "away" };
    const answer = (await readJson(response)) as (Health & Failure) | null;
    if (NOT_HERE.includes(answer?.error?.code)) return { state: "failed", reason: reasonIn(answer, response) };
    if (!response.ok || answer?.service !== "meelezer") return { state: "stranger" };
    return answer.api === API_VERSION ? { state: "ready", content: answer } : { state: "outdated" };
  }

  analyse(request: AnalysisRequest): Promise<Answer<Analysis>> {
    return this.ask("POST", "analyses", "warnings", request);
  }

  suggest(request: AnalysisRequest): Promise<Answer<Suggestion>> {
    return this.ask("POST", "suggestions", "gaps", request);
  }

  proofread(request: ProofreadingRequest): Promise<Answer<Proofreading>> {
    return this.ask("POST", "proofreadings", "matches", request);
  }

  playbook(): Promise<Answer<Playbook>> {
    return this.ask("GET", "playbook", "standard_replies");
  }

  askColleague(request: ReviewRequest): Promise<Answer<Review>> {
    return this.ask("POST", "reviews", "history", request);
  }

  /** none: it was erased. */
  review(id: string): Promise<Answer<Review> | { readonly state: "none" }> {
    return this.ask("GET", `reviews/${encodeURIComponent(id)}`, "history", undefined, "review-not-found");
  }

  changeReview(id: string, request: VersionRequest): Promise<Answer<Review> | { readonly state: "none" }> {
    return this.ask("POST", `reviews/${encodeURIComponent(id)}/versions`, "history", request, "review-not-found");
  }

  placeReview(id: string, request: PlacementRequest): Promise<Answer<Review> | { readonly state: "none" }> {
    return this.ask("POST", `reviews/${encodeURIComponent(id)}/placements`, "history", request, "review-not-found");
  }

  /** Ask for something that needs the token; an answer without `key` comes from another version. */
  private async ask<Content>(method: "GET" | "POST", path: string, key: keyof Content, request?: object): Promise<Answer<Content>>;
  private async ask<Content>(
    method: "GET" | "POST",
    path: string,
    key: keyof Content,
    request: object | undefined,
    gone: string,
  ): Promise<Answer<Content> | { readonly state: "none" }>;
  private async ask<Content>(method: "GET" | "POST", path: string, key: keyof Content, request?: object, gone?: string) {
    // Address and token of one moment: a switch to another companion in between must not mix them.
    const where = await this.whereabouts();
    const token = await this.token.load(where.server);
    if (!token) return { state: "unpaired" } as const;
    const response = await this.send(companionAddress(where), method, path, request, token);
    if (!response) return { state: "away" } as const;
    if (response.ok) {
      const content = (await readJson(response)) as Content | null;
      return content?.[key] ? ({ state: "ready", content } as const) : ({ state: "outdated" } as const);
    }
    if (response.status === 401) {
      this.refused = token;
      return { state: "unpaired" } as const;
    }
    const failure = (await readJson(response)) as Failure | null;
    if (gone && failure?.error?.code === gone) return { state: "none" } as const;
    if (response.status === 404) return { state: "outdated" } as const;
    const passing = response.status === 429 || response.status >= 500;
    return { state: "failed", reason: reasonIn(failure, response), ...(passing && { passing }) } as const;
  }

  async pair(code: string, client: string): Promise<Pairing> {
    // A code is shown on this computer and means nothing elsewhere.
    const { port } = await this.whereabouts();
    const response = await this.send(companionAddress({ server: null, port }), "POST", "pairings", { code, client });
    if (!response) return { state: "away" };
    if (response.status === 429) return { state: "too-often" };
    const answer = (await readJson(response)) as (Failure & { token?: string }) | null;
    if (response.ok && answer?.token) {
      await this.token.keep(null, answer.token);
      return { state: "paired" };
    }
    if (answer?.error?.code === "pairing-code-wrong" || response.status === 422) return { state: "wrong-code" };
    return { state: "failed", reason: reasonIn(answer, response) };
  }

  unpair(): Promise<void> {
    return this.token.forget(null);
  }

  /** Look whether a Meelezer answers at `server` and knows `token`; nobody else is shown it, and only then it is kept. */
  async join(server: string, token: string): Promise<Joining> {
    const found = await this.look(server);
    if (found.state !== "ready") return found;
    if (!TOKEN.test(token)) return { state: "refused" };
    const response = await this.send(server, "GET", "checks", undefined, token);
    if (!response) return { state: "away" };
    if (response.status === 401) return { state: "refused" };
    const answer = (await readJson(response)) as (Failure & { checks?: unknown }) | null;
    if (!response.ok && response.status !== 404) return { state: "failed", reason: reasonIn(answer, response) };
    if (!answer?.checks) return { state: "outdated" };
    this.refused = null;
    await this.token.keep(server, token);
    return { state: "joined" };
  }

  leave(server: string): Promise<void> {
    return this.token.forget(server);
  }

  /** Null when nobody answers: not started, another address, or too slow. */
  private async send(address: string, method: "GET" | "POST", path: string, body?: object, token?: string): Promise<Response | null> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      return await this.fetch(`${address}/v1/${path}`, {
        method,
        headers,
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch {
      return null;
    }
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function reasonIn(failure: Failure | null, response: Response): string {
  return failure?.error?.message ?? `HTTP ${response.status}`;
}
