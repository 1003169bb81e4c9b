import {
  type Analysis,
  type AnalysisRequest,
  type Answer,
  API_VERSION,
  type Health,
  type Pairing,
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

interface Failure {
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** The one door to the companion. Only the service worker opens it: a page's own origin never reaches 127.0.0.1. */
export class CompanionClient {
  constructor(
    private readonly port: () => Promise<number>,
    private readonly token: TokenStore,
    private readonly fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init),
  ) {}

  async health(): Promise<Answer<Health & { readonly paired: boolean }>> {
    const response = await this.send("GET", "health");
    if (!response) return { state: "away" };
    const health = (await readJson(response)) as Health | null;
    if (!response.ok || health?.service !== "meelezer") return { state: "away" };
    if (health.api !== API_VERSION) return { state: "outdated" };
    return { state: "ready", content: { ...health, paired: (await this.token.load()) !== null } };
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
    const token = await this.token.load();
    if (!token) return { state: "unpaired" } as const;
    const response = await this.send(method, path, request, token);
    if (!response) return { state: "away" } as const;
    if (response.ok) {
      const content = (await readJson(response)) as Content | null;
      return content?.[key] ? ({ state: "ready", content } as const) : ({ state: "outdated" } as const);
    }
    if (response.status === 401) return { state: "unpaired" } as const;
    const failure = (await readJson(response)) as Failure | null;
    if (gone && failure?.error?.code === gone) return { state: "none" } as const;
    if (response.status === 404) return { state: "outdated" } as const;
    return { state: "failed", reason: reasonIn(failure, response) } as const;
  }

  async pair(code: string, client: string): Promise<Pairing> {
    const response = await this.send("POST", "pairings", { code, client });
    if (!response) return { state: "away" };
    if (response.status === 429) return { state: "too-often" };
    const answer = (await readJson(response)) as (Failure & { token?: string }) | null;
    if (response.ok && answer?.token) {
      await this.token.keep(answer.token);
      return { state: "paired" };
    }
    if (answer?.error?.code === "pairing-code-wrong" || response.status === 422) return { state: "wrong-code" };
    return { state: "failed", reason: reasonIn(answer, response) };
  }

  unpair(): Promise<void> {
    return this.token.forget();
  }

  /** Null when nobody answers: not started, another port, or too slow. */
  private async send(method: "GET" | "POST", path: string, body?: object, token?: string): Promise<Response | null> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      return await this.fetch(`http://127.0.0.1:${await this.port()}/v1/${path}`, {
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
