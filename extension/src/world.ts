import type { Analysis, AnalysisRequest, Answer, Playbook, Proofreading, ProofreadingRequest, Suggestion } from "./companion/contract";
import type { Judgement } from "./judgements";
import type { Keeping, Phrase } from "./phrases";
import type { Site } from "./platforms";
import type { ReviewDoor } from "./reviewing";
import type { Settings } from "./settings";
import type { Speaker } from "./texts";

/** What one draft needs of the world around it. */
export interface World extends ReviewDoor {
  settings(): Settings;
  speak(): Speaker;
  analyse(request: AnalysisRequest): Promise<Answer<Analysis> | { readonly state: "retired" }>;
  suggest(request: AnalysisRequest): Promise<Answer<Suggestion> | { readonly state: "retired" }>;
  proofread(request: ProofreadingRequest): Promise<Answer<Proofreading> | { readonly state: "retired" }>;
  /** What the team agreed on, as far as it is known; asked for anew when it has been a while. */
  playbook(): Playbook | null;
  /** Remember a word that is right for this user, or a rule they never want to hear of again. */
  acceptWord(word: string): void;
  switchOff(rule: string, message: string): void;
  judge(judgement: Judgement): void;
  /** The words that the user calls their own. */
  phrases(): readonly Phrase[];
  keepPhrase(phrase: Pick<Phrase, "check" | "words">): Promise<Keeping>;
  /** Never speak of this check on this site again. */
  silence(site: Site, check: string): void;
  /** Whether it is still said that everyone reads along; the user can end that until the page is loaded anew. */
  reminds(): boolean;
  stopReminding(): void;
  openOptions(): void;
  moveBadge(site: Site, by: { readonly x: number; readonly y: number }): void;
  overlayHasFocus(): boolean;
  focusPanel(): void;
  redraw(): void;
}
