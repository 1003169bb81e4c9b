import { browser } from "wxt/browser";
import type { CompanionClient } from "../companion/client";
import type { ReviewRequest } from "../companion/contract";
import type { Asked, Conversing } from "../reviewing";

/** What this browser asked a colleague about. `waiting`: not sent yet, the companion was away. */
interface Entry {
  readonly key: string;
  readonly id: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly waiting: ReviewRequest | null;
  /** The team's server that it went to; none for the companion on this computer. */
  readonly server?: string;
}

type Entries = Readonly<Record<string, Entry>>;

const KEY = "reviews";
const MOST = 200;
const KEPT_DAYS = 60;
const DAY = 86_400_000;

/** Remembers which drafts a colleague reads, and sends what could not be sent. Only the service worker has one. */
export class Reviews {
  private isFlushing = false;

  constructor(
    private readonly companion: Pick<CompanionClient, "askColleague" | "review" | "changeReview">,
    private readonly server: () => Promise<string | null>,
  ) {}

  /** Send a draft to a colleague; kept in this browser until the companion is there. */
  async ask(about: Conversing, request: Omit<ReviewRequest, "key">): Promise<Asked> {
    const server = await this.server();
    const place = await placeOf(about, server);
    const before = (await load())[place];
    // The same request again is the same review: the worker may have been stopped before it heard the answer.
    const key = before?.waiting && before.waiting.draft.text === request.draft.text ? before.key : crypto.randomUUID();
    const whole = { ...request, key };
    const entry = { key, id: null, at: new Date().toISOString(), waiting: whole, ...(server && { server }) };
    await keep(place, entry);
    return this.send(place, entry, whole);
  }

  /** What became of it; nothing is asked of the companion for a draft that nobody was asked about. */
  async look(about: Conversing): Promise<Asked> {
    const place = await placeOf(about, await this.server());
    const entry = (await load())[place];
    if (!entry) return { state: "none" };
    if (entry.waiting) return this.send(place, entry, entry.waiting);
    if (!entry.id) return { state: "none" };
    return this.follow(place, await this.companion.review(entry.id));
  }

  /** Send a changed text to the one who reads it. */
  async change(about: Conversing, text: string, basedOn: number, by: string): Promise<Asked> {
    const place = await placeOf(about, await this.server());
    const id = (await load())[place]?.id;
    if (!id) return { state: "none" };
    return this.follow(place, await this.companion.changeReview(id, { by, text, based_on: basedOn }));
  }

  /** Try again what is still waiting; called when the companion was heard of. */
  async flush(): Promise<void> {
    if (this.isFlushing) return;
    this.isFlushing = true;
    try {
      for (const [place, entry] of Object.entries(await load())) {
        // What was written for one companion is not for another: it waits until that one is used again.
        if (entry.waiting && (entry.server ?? null) === (await this.server())) await this.send(place, entry, entry.waiting);
      }
    } finally {
      this.isFlushing = false;
    }
  }

  /** Forget what was asked at a server that is no longer used, with the texts that still waited for it. */
  async forget(server: string): Promise<void> {
    for (const [place, entry] of Object.entries(await load())) if (entry.server === server) await keep(place, null);
  }

  private async send(place: string, entry: Entry, request: ReviewRequest): Promise<Asked> {
    const answer = await this.companion.askColleague(request);
    if (answer.state === "away") return { state: "kept" };
    if (answer.state !== "ready") {
      // It will be refused again: the writer hears why, and it is not tried behind their back.
      if (answer.state === "failed") await keep(place, null);
      return answer;
    }
    await keep(place, { ...entry, id: answer.content.id, at: new Date().toISOString(), waiting: null });
    return answer;
  }

  private async follow(place: string, answer: Asked): Promise<Asked> {
    if (answer.state === "none") await keep(place, null);
    return answer;
  }
}

/** Complaint, site and server, as a number that says nothing: the text of a complaint is no key. */
async function placeOf({ site, complaint, page }: Conversing, server: string | null): Promise<string> {
  const text = new TextEncoder().encode(`${server ? `${server}\n` : ""}${site}\n${complaint ?? page}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function load(): Promise<Entries> {
  const stored = (await browser.storage.local.get(KEY))[KEY];
  return stored && typeof stored === "object" ? (stored as Entries) : {};
}

/** One change at a time: two tabs must not overwrite each other's. */
let turn: Promise<unknown> = Promise.resolve();

function keep(place: string, entry: Entry | null): Promise<void> {
  const next = turn.then(async () => {
    const oldest = Date.now() - KEPT_DAYS * DAY;
    const others = Object.entries(await load()).filter(([other, { at }]) => other !== place && Date.parse(at) > oldest);
    const entries = entry ? [...others, [place, entry] as const] : others;
    await browser.storage.local.set({ [KEY]: Object.fromEntries(entries.slice(-MOST)) });
  });
  turn = next.catch(() => undefined);
  return next;
}
