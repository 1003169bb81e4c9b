import type { Editor } from "./editors/editor";
import { added, addedAt } from "./playbook";
import type { Outcome, Rewriting } from "./rewriting";
import type { Span } from "./spans";
import type { Speaker } from "./texts";

export type Where = "below" | "caret";

/** Puts a text that the team has ready into the draft: below what stands there, or where the writer was typing. */
export class Adding {
  private left: { readonly caret: Span; readonly text: string } | null = null;

  constructor(
    private readonly editor: Editor,
    private readonly rewriting: Rewriting,
  ) {}

  /** Keep where the caret is: rich editors forget it when the focus goes elsewhere. */
  rememberCaret(): void {
    const caret = this.editor.selection();
    this.left = caret && { caret, text: this.editor.read() };
  }

  /** Where the writer was, as long as the text is still the one it was in. */
  get caret(): Span | null {
    const text = this.editor.read();
    if (this.left?.text === text) return this.left.caret;
    const now = this.editor.selection();
    return now && now.end <= text.length ? now : null;
  }

  /** Null while another replacement is under way. */
  async add(text: string, where: Where, speak: Speaker): Promise<Outcome | null> {
    const draft = this.editor.read();
    const caret = where === "caret" ? this.caret : null;
    const place = caret ? addedAt(draft, caret, text) : added(draft, text);
    return this.rewriting.accept({ replaces: place.span }, place.text, draft, speak);
  }
}
