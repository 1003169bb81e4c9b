import type { AnalysisRequest } from "./companion/contract";
import type { SuggestionView } from "./overlay/view";
import type { Rewriting } from "./rewriting";
import type { World } from "./world";

/** A whole reply to start from: asked for, shown, and taken over when the writer says so. */
export class Suggesting {
  view: SuggestionView | null = null;

  constructor(private readonly world: World) {}

  async ask(conversation: AnalysisRequest): Promise<void> {
    const { say } = this.world.speak();
    this.show({ text: "", note: say("panel.suggestion_asked") });
    const answer = await this.world.suggest(conversation);
    const isReady = answer.state === "ready";
    this.show(isReady ? { text: answer.content.text, note: "" } : { text: "", note: say("panel.suggestion_failed") });
  }

  /** Put it where the draft stands; returns what became of it, null when there is nothing to take or a replacement is under way. */
  async take(rewriting: Pick<Rewriting, "replace" | "whyNot">, draft: string): Promise<string | null> {
    if (!this.view) return null;
    const speak = this.world.speak();
    const { text } = this.view;
    const outcome = await rewriting.replace({ start: 0, end: draft.length }, draft, text);
    if (outcome === null) return null;
    const note = outcome === "replaced" ? speak.say("panel.suggestion_taken") : rewriting.whyNot(outcome, speak);
    this.view = outcome === "replaced" ? null : { text, note };
    return note;
  }

  private show(view: SuggestionView): void {
    this.view = view;
    this.world.redraw();
  }
}
