import type { Mistake } from "../reading/spelling";
import { Floating } from "./floating";
import { Rewrites } from "./rewrites";
import { Sign } from "./sign";
import type { Actions, CardView, View } from "./view";
import { Walk } from "./walk";

interface Props {
  readonly view: View;
  readonly card: CardView;
  readonly mistake: Mistake;
  readonly actions: Actions;
}

/** The card at a mistake of spelling or grammar: what it is, and what is right. */
export function MistakeCard({ view, card, mistake, actions }: Props) {
  const { say } = view.speak;
  const { match, warning, replaces } = mistake;
  const title = warning.title || say(`spelling.${match.category}`);
  return (
    <Floating anchor={card.anchor} class="card spelling" label={title} takesFocus={card.takesFocus} onEscape={actions.closeCard}>
      <header>
        <span class="level">
          <Sign name="double" /> {say(`spelling.${match.category}`)}
        </span>
        <Walk view={view} among={view.mistakes} card={card} actions={actions} />
        <button type="button" class="plain" aria-label={say("card.close")} onClick={actions.closeCard}>
          <Sign name="close" />
        </button>
      </header>
      <h2>{title}</h2>
      <blockquote>{warning.text}</blockquote>
      <p>{warning.message}</p>
      {card.note && (
        <p class="note" role="status">
          {card.note}
        </p>
      )}
      <Rewrites
        finding={mistake}
        before={view.known.text.slice(replaces.start, replaces.end)}
        most={MOST}
        speak={view.speak}
        onChoose={(rewrite) => actions.accept(mistake, rewrite)}
      />
      <footer>
        {/* Switching "spelling" off for one odd word would be too much; the word itself can be kept. */}
        {match.category === "spelling" ? (
          <button type="button" onClick={() => actions.acceptWord(mistake)}>
            {say("spelling.add_word")}
          </button>
        ) : (
          <button type="button" onClick={() => actions.switchOff(mistake)}>
            {say("spelling.switch_off")}
          </button>
        )}
      </footer>
    </Floating>
  );
}

/** As many as the companion offers. */
const MOST = 5;
