import type { Where } from "../adding";
import type { Playbook } from "../companion/contract";
import type { Press } from "../guard/guard";
import type { Judgement } from "../judgements";
import type { Site } from "../platforms";
import type { Finding } from "../reading/findings";
import type { Known } from "../reading/reading";
import type { Mistake } from "../reading/spelling";
import type { ReviewView } from "../reviewing";
import type { Settings } from "../settings";
import type { Speaker } from "../texts";
import type { Place } from "./marks";
import type { Box, Corner } from "./place";
import type { Theme } from "./theme";

/** Everything that is on the screen; drawn anew on each change. */
export interface View {
  readonly speak: Speaker;
  readonly theme: Theme;
  readonly site: Site;
  readonly known: Known;
  /** Spelling and grammar. */
  readonly mistakes: readonly Mistake[];
  /** An answer is taking long enough to say so. */
  readonly isSlow: boolean;
  readonly places: readonly Place[];
  /** The edge of the field at which a line's sign stands. */
  readonly margin: number;
  readonly badge: Corner;
  readonly card: CardView | null;
  readonly held: HeldView | null;
  readonly isPanelOpen: boolean;
  /** Beside the editor stands that everyone reads along. */
  readonly reminds: boolean;
  readonly suggestion: SuggestionView | null;
  /** What the team agreed on; null while it is not known. */
  readonly playbook: Playbook | null;
  /** How it stands with a colleague's eyes. */
  readonly reviewing: ReviewView;
  /** Where the companion's own pages are. */
  readonly companionAddress: string;
  /** Who writes, as the options say. */
  readonly writer: Settings["writer"];
  /** Length as the platform counts it, or the field where that is full first; null where there is no limit. */
  readonly length: { readonly count: number; readonly most: number } | null;
  /** The most code units that the field takes; null where it sets no limit of its own. */
  readonly most: number | null;
  /** Said aloud to a screen reader, once. */
  readonly news: string;
}

export interface CardView {
  readonly finding: Finding;
  readonly anchor: Box;
  readonly note: string;
  /** Opened from the panel or by keyboard: the focus goes along. */
  readonly takesFocus: boolean;
}

/** A whole reply to start from, and what became of it. */
export interface SuggestionView {
  readonly text: string;
  /** Asked for, taken over, or why not; empty when there is nothing to say. */
  readonly note: string;
}

export interface HeldView {
  readonly press: Press;
  readonly anchor: Box;
  readonly isArmed: boolean;
  readonly findings: readonly Finding[];
  /** The team wants a colleague's approval for a complaint this serious, and there is none. */
  readonly lacksApproval: boolean;
}

/** What the user can do in the overlay. */
export interface Actions {
  openPanel(): void;
  closePanel(): void;
  openOptions(): void;
  openCard(finding: Finding, takesFocus: boolean): void;
  closeCard(): void;
  closeHeld(): void;
  accept(finding: Finding, rewrite: string): void;
  acceptWord(mistake: Mistake): void;
  switchOff(mistake: Mistake): void;
  keep(finding: Finding): void;
  judge(finding: Finding, reason: Judgement["reason"], note: string, silences: boolean): void;
  /** Call these words around the finding the user's own. */
  keepPhrase(finding: Finding, words: string): void;
  bringBack(): void;
  /** Say no more that everyone reads along, until the page is loaded anew. */
  stopReminding(): void;
  suggest(): void;
  takeSuggestion(): void;
  askColleague(): void;
  /** Send the changed text to the colleague. */
  askAgain(): void;
  /** Put what the colleague made of it where the draft stands. */
  takeReviewed(): void;
  /** Put a text of the playbook below what stands there. */
  add(text: string, where: Where): void;
  changeComplaint(text: string): void;
  changeAuthor(author: string): void;
  judgeComplaint(isUnjustified: boolean): void;
  judgePoint(start: number, isTrue: boolean): void;
  useSelection(): void;
  readComplaintFromPage(): void;
  dragBadge(by: { readonly x: number; readonly y: number }): void;
}
