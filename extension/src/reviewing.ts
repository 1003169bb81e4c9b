import type { Answer, Review, ReviewRequest } from "./companion/contract";
import type { Departed } from "./guard/departure";
import type { Settings } from "./settings";

/** Which conversation a review is about. */
export interface Conversing {
  readonly site: string;
  readonly complaint: string | null;
  readonly page: string;
}

/** What is known of a review. none: nobody was asked. kept: in this browser until the companion is there. */
export type Asked = Answer<Review> | { readonly state: "none" } | { readonly state: "kept" };

/** What the panel and the badge show of it. */
export interface ReviewView {
  readonly asked: Asked | { readonly state: "sending" };
  /** What became of the last press; empty when there is nothing to say. */
  readonly note: string;
  /** The text was seen going out, and the companion may not know it yet. */
  readonly isPlaced?: boolean;
}

/** A companion or a message that is not there says so; it never throws. */
export interface ReviewDoor {
  settings(): Settings;
  askColleague(about: Conversing, request: Omit<ReviewRequest, "key">): Promise<Asked | { readonly state: "retired" }>;
  lookAtReview(about: Conversing): Promise<Asked | { readonly state: "retired" }>;
  changeReview(about: Conversing, text: string, basedOn: number, by: string): Promise<Asked | { readonly state: "retired" }>;
  /** Tell that a text was posted, whatever a colleague said; kept in this browser until the companion is there. */
  placeReview(about: Conversing, departed: Departed, by: string): Promise<Asked | { readonly state: "retired" }>;
  redraw(): void;
}

const NOBODY: ReviewView = { asked: { state: "none" }, note: "" };

/** Four eyes on one draft: asked, followed, taken over. */
export class Reviewing {
  view: ReviewView = NOBODY;
  private about = "";

  constructor(
    private readonly door: ReviewDoor,
    private readonly conversing: () => Conversing,
  ) {}

  /** The review as last heard of, whatever happened since. */
  get review(): Review | null {
    return this.view.asked.state === "ready" ? this.view.asked.content : null;
  }

  /** Whether a colleague said yes to this very text; of one that was changed and posted the newest text is not what they saw. */
  isApproved(text: string): boolean {
    const { review } = this;
    return review?.state === "approved" && review.placed_as !== "changed" && isSame(review.draft, text);
  }

  /** The conversation, as long as somebody was asked about it and the reply is not public. */
  get open(): Conversing | null {
    const { asked, isPlaced } = this.view;
    const conversing = this.conversing();
    const isAsked = asked.state === "ready" ? asked.content.placed_at === null : asked.state === "kept" || asked.state === "sending";
    return isAsked && !isPlaced && JSON.stringify(conversing) === this.about ? conversing : null;
  }

  async ask(request: Omit<ReviewRequest, "key">): Promise<void> {
    this.about = JSON.stringify(this.conversing());
    this.show({ asked: { state: "sending" }, note: "" });
    this.take(await this.door.askColleague(this.conversing(), request));
  }

  /** Look how it stands; what is shown stays where nobody answers. */
  async look(): Promise<void> {
    const conversing = this.conversing();
    const about = JSON.stringify(conversing);
    if (about !== this.about) {
      this.about = about;
      this.view = NOBODY;
    }
    if (this.view.asked.state === "sending") return;
    const asked = await this.door.lookAtReview(conversing);
    if (about !== this.about || this.isLost(asked)) return;
    // What the companion knows is what holds; until then it is what was seen here.
    this.take(asked, this.view.note, asked.state !== "ready" && this.view.isPlaced);
  }

  /** A text was seen going out. */
  async place(about: Conversing, departed: Departed): Promise<void> {
    const by = this.review?.writer ?? this.door.settings().writer.name.trim();
    const asked = await this.door.placeReview(about, departed, by);
    if (asked.state === "retired" || JSON.stringify(about) !== this.about || JSON.stringify(this.conversing()) !== this.about) return;
    if (asked.state === "ready" || asked.state === "none") this.take(asked);
    else this.show({ ...this.view, note: asked.state === "failed" ? asked.reason : "", isPlaced: asked.state !== "failed" });
  }

  /** Send the text as it is now to the colleague who reads it. */
  async sendAgain(text: string): Promise<void> {
    const { review } = this;
    if (!review) return;
    const before = this.view;
    this.show({ asked: { state: "sending" }, note: "" });
    const asked = await this.door.changeReview(this.conversing(), text, review.version, this.door.settings().writer.name.trim());
    if (asked.state === "ready" || asked.state === "none") this.take(asked);
    else this.show({ asked: before.asked, note: asked.state === "failed" ? asked.reason : "away" });
  }

  say(note: string): void {
    this.show({ ...this.view, note });
  }

  /** A companion that is away for a moment does not undo what a colleague said. */
  private isLost({ state }: { readonly state: string }): boolean {
    return this.view.asked.state === "ready" && state !== "ready" && state !== "none";
  }

  private take(asked: Asked | { readonly state: "retired" }, note = "", isPlaced = false): void {
    if (asked.state === "retired") return;
    this.about = JSON.stringify(this.conversing());
    this.show({ asked, note, ...(isPlaced && { isPlaced }) });
  }

  private show(view: ReviewView): void {
    if (JSON.stringify(view) === JSON.stringify(this.view)) return;
    this.view = view;
    this.door.redraw();
  }
}

/** Editors end a text with a line break or not. */
export function isSame(one: string, other: string): boolean {
  return one.trim() === other.trim();
}
