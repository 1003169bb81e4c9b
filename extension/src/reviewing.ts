import type { Answer, Review, ReviewRequest } from "./companion/contract";
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
}

/** A companion or a message that is not there says so; it never throws. */
export interface ReviewDoor {
  settings(): Settings;
  askColleague(about: Conversing, request: Omit<ReviewRequest, "key">): Promise<Asked | { readonly state: "retired" }>;
  lookAtReview(about: Conversing): Promise<Asked | { readonly state: "retired" }>;
  changeReview(about: Conversing, text: string, basedOn: number, by: string): Promise<Asked | { readonly state: "retired" }>;
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

  /** Whether a colleague said yes to this very text. */
  isApproved(text: string): boolean {
    return this.review?.state === "approved" && isSame(this.review.draft, text);
  }

  async ask(request: Omit<ReviewRequest, "key">): Promise<void> {
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
    this.take(asked, this.view.note);
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

  private take(asked: Asked | { readonly state: "retired" }, note = ""): void {
    if (asked.state === "retired") return;
    this.about = JSON.stringify(this.conversing());
    this.show({ asked, note });
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
