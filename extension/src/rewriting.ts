import type { Editor } from "./editors/editor";
import { type Replaced, replaceWords } from "./editors/replace";
import type { Finding } from "./reading/findings";
import { firstGap, type Span } from "./spans";
import type { Speaker } from "./texts";

/** What became of a rewrite: it stands there, with what to say of it; or it does not, with why. */
export type Outcome = { readonly isDone: true; readonly news: string } | { readonly isDone: false; readonly note: string };

/** Puts better words in the place of the writer's own, one replacement at a time. */
export class Rewriting {
  private isUnderWay = false;

  constructor(private readonly editor: Editor) {}

  /** Put a rewrite in the place of what a finding is about; null while another is under way. */
  async accept({ replaces }: Pick<Finding, "replaces">, rewrite: string, text: string, speak: Speaker): Promise<Outcome | null> {
    const { say } = speak;
    const words = text.slice(replaces.start, replaces.end);
    const outcome = await this.replace(replaces, words, rewrite);
    if (outcome === null) return null;
    if (outcome !== "replaced") {
      return { isDone: false, note: this.whyNot(outcome, speak) };
    }
    const gap = firstGap(rewrite);
    const done = say(words ? "card.replaced" : "card.inserted");
    return { isDone: true, news: gap ? `${done} ${say("card.gap_left", { gap: rewrite.slice(gap.start, gap.end) })}` : done };
  }

  /** Why the words do not stand there, for the user. */
  whyNot(outcome: Exclude<Replaced, "replaced">, { say }: Speaker): string {
    if (outcome === "no-room") return say("card.no_room", { most: this.editor.most() ?? 0 });
    return { changed: say("card.changed"), copied: say("card.copied"), "not-copied": say("card.not_copied") }[outcome];
  }

  /** A second press on the same button must not find the text half replaced. */
  async replace(span: Span, words: string, text: string): Promise<Replaced | null> {
    if (this.isUnderWay) return null;
    this.isUnderWay = true;
    return replaceWords(this.editor, span, words, text).finally(() => {
      this.isUnderWay = false;
    });
  }
}
