import { browser } from "wxt/browser";
import type { CompanionClient } from "../companion/client";
import type { PlacementRequest, ReviewRequest } from "../companion/contract";
import type { Departed } from "../guard/departure";
import type { Asked, Conversing } from "../reviewing";

/** What this browser asked a colleague about. `waiting`: not sent yet, the companion was away. */
interface Entry {
  readonly key: string;
  readonly id: string | null;
  /** RFC 3339. */
  readonly at: string;
  readonly waiting: ReviewRequest | null;
  /** The text was posted, and the companion has not heard of it yet. */
  readonly placed?: PlacementRequest | null;
  /** The team's server that it went to; none for the companion on this computer. */
  readonly server?: string;
}

type Entries = Readonly<Record<string, Entry>>;

const KEY = "reviews";
const MOST = 200;
const KEPT_DAYS = 60;
const DAY = 86_400_000;
/** A companion that could not take a placement now is left alone for so long. */
export const REST = 30_000;

/** Remembers which drafts a colleague reads, and sends what could not be sent. Only the service worker has one. */
export class Reviews {
  private isFlushing = false;
  /** Until when each place is left alone; milliseconds. */
  private readonly resting = new Map<string, number>();

  constructor(
    private readonly companion: Pick<CompanionClient, "askColleague" | "review" | "changeReview" | "placeReview">,
    private readonly server: () => Promise<string | null>,
    private readonly now: () => number = Date.now,
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
    await change(place, () => entry);
    return this.send(place, entry);
  }

  /** What became of it; nothing is asked of the companion for a draft that nobody was asked about. */
  async look(about: Conversing): Promise<Asked> {
    const place = await placeOf(about, await this.server());
    const entry = (await load())[place];
    if (!entry) return { state: "none" };
    if (isUnsent(entry)) return this.send(place, entry);
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

  /** Tell that a text was posted; kept with what was asked until the companion has heard it, and told once. */
  async place(about: Conversing, { text, at }: Departed, by: string): Promise<Asked> {
    const place = await placeOf(about, await this.server());
    const entry = await change(place, (known) => known && { ...known, placed: known.placed ?? { by, text, at } });
    return entry ? this.send(place, entry) : { state: "none" };
  }

  /** Try again what is still waiting; called when the companion was heard of. */
  async flush(): Promise<void> {
    if (this.isFlushing) return;
    this.isFlushing = true;
    try {
      for (const [place, entry] of Object.entries(await load())) {
        // What was written for one companion is not for another: it waits until that one is used again.
        if (isUnsent(entry) && (entry.server ?? null) === (await this.server())) await this.send(place, entry);
      }
    } finally {
      this.isFlushing = false;
    }
  }

  /** Forget what was asked at a server that is no longer used, with the texts that still waited for it. */
  async forget(server: string): Promise<void> {
    for (const [place, entry] of Object.entries(await load())) if (entry.server === server) await change(place, () => null);
  }

  /** Send the draft that waits, and then that it was posted. */
  private async send(place: string, entry: Entry): Promise<Asked> {
    const { waiting } = entry;
    if (!waiting) return this.tell(place, entry);
    const answer = await this.companion.askColleague(waiting);
    if (answer.state === "away") return { state: "kept" };
    if (answer.state !== "ready") {
      // It will be refused again: the writer hears why, and it is not tried behind their back.
      if (answer.state === "failed") await change(place, () => null);
      return answer;
    }
    const { id } = answer.content;
    // It may have been posted meanwhile, and another draft may have been asked about.
    const sent = await change(place, (known) =>
      known?.key === entry.key ? { ...known, id, at: new Date().toISOString(), waiting: null } : known,
    );
    return sent?.key === entry.key && sent.placed ? this.tell(place, sent) : answer;
  }

  private async tell(place: string, { key, id, placed }: Entry): Promise<Asked> {
    if (!id || !placed) return { state: "none" };
    if ((this.resting.get(place) ?? 0) > this.now()) return { state: "kept" };
    this.resting.delete(place);
    const answer = await this.companion.placeReview(id, placed);
    if (answer.state === "failed" && answer.passing) {
      this.resting.set(place, this.now() + REST);
      return { state: "kept" };
    }
    if (answer.state === "ready" || answer.state === "failed")
      await change(place, (known) => (known?.key === key ? { ...known, placed: null } : known));
    return this.follow(place, answer);
  }

  private async follow(place: string, answer: Asked): Promise<Asked> {
    if (answer.state === "none") await change(place, () => null);
    return answer;
  }
}

const isUnsent = ({ waiting, placed }: Entry): boolean => Boolean(waiting ?? placed);

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

function change(place: string, make: (known: Entry | null) => Entry | null): Promise<Entry | null> {
  const next = turn.then(async () => {
    const oldest = Date.now() - KEPT_DAYS * DAY;
    const { [place]: known, ...all } = await load();
    const others = Object.entries(all).filter(([, { at }]) => Date.parse(at) > oldest);
    const entry = make(known ?? null);
    const entries = entry ? [...others, [place, entry] as const] : others;
    await browser.storage.local.set({ [KEY]: Object.fromEntries(entries.slice(-MOST)) });
    return entry;
  });
  turn = next.catch(() => undefined);
  return next;
}
