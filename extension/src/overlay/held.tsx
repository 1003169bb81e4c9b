import type { Speaker } from "../texts";
import { Floating } from "./floating";
import { Sign } from "./sign";
import type { Actions, HeldView, View } from "./view";

const LONGEST_WORDS = 90;

/** The card at the post button: which words, why, and that a second press posts. */
export function Held({ view, held, actions }: { readonly view: View; readonly held: HeldView; readonly actions: Actions }) {
  const { say, count } = view.speak;
  const [first, ...more] = held.findings;
  return (
    <Floating
      anchor={held.anchor}
      class="held"
      label={say("guard.title")}
      state={held.isArmed ? "armed" : "held"}
      onEscape={actions.closeHeld}
    >
      <header>
        <h2>{say("guard.title")}</h2>
        <button type="button" class="plain" aria-label={say("card.close")} onClick={actions.closeHeld}>
          <Sign name="close" />
        </button>
      </header>
      {first && (
        <>
          {!first.warning.message.includes(first.warning.text) && (
            <p class="words">{say("guard.words", { words: shorten(first.warning.text) })}</p>
          )}
          <p>
            {first.warning.message} {more.length > 0 && <span class="small">({count("guard.more", more.length)})</span>}
          </p>
          <footer>
            <button type="button" class="main" onClick={() => actions.openCard(first, false)}>
              {say("guard.adjust")}
            </button>
          </footer>
        </>
      )}
      {held.lacksApproval && (
        <>
          <p>{say("review.needed")}</p>
          <footer>
            <button type="button" class="main" onClick={actions.openPanel}>
              {say("review.ask")}
            </button>
          </footer>
        </>
      )}
      <p class="again">{pressAgain(view.speak, held)}</p>
      {view.reminds && (
        <p class="small everyone">
          {say("guard.everyone")}{" "}
          <button type="button" class="link" onClick={actions.stopReminding}>
            {say("guard.everyone_hide")}
          </button>
        </p>
      )}
    </Floating>
  );
}

/** Quotes the button as the site writes it, or names the key that was pressed. */
function pressAgain({ say }: Speaker, { press, findings, lacksApproval }: HeldView): string {
  const isClear = findings.length === 0 && !lacksApproval;
  if ("key" in press) return say(isClear ? "guard.clear_now_key" : "guard.again_key", { key: press.key.replace("Meta", "Cmd") });
  if (!press.label) return say("guard.again_plain");
  return say(isClear ? "guard.clear_now" : "guard.again", { button: press.label });
}

function shorten(words: string): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS).trimEnd()} …`;
}
