import { useState } from "preact/hooks";
import { Sign } from "./sign";
import type { Actions, View } from "./view";

const SHOWN_AT_FIRST = 5;

/** Spelling and grammar in the panel, below the tone and counted apart from it. */
export function MistakesPart({ view, actions }: { readonly view: View; readonly actions: Actions }) {
  const { say, count } = view.speak;
  const [showsAll, setShowsAll] = useState(false);
  const { mistakes } = view;
  if (mistakes.length === 0) return null;
  const shown = showsAll ? mistakes : mistakes.slice(0, SHOWN_AT_FIRST);
  return (
    <section>
      <h2>{count("spelling.found", mistakes.length)}</h2>
      <ul class="findings">
        {shown.map((mistake) => (
          <li key={mistake.key}>
            <button type="button" class="finding spelling" onClick={() => actions.openCard(mistake, true)}>
              <span class="level">
                <Sign name="double" /> {say(`spelling.${mistake.match.category}`)}
              </span>
              <q>{mistake.warning.text}</q>
              {mistake.match.replacements[0] && <strong>{mistake.match.replacements[0]}</strong>}
            </button>
          </li>
        ))}
      </ul>
      {mistakes.length > shown.length && (
        <div class="row">
          <button type="button" onClick={() => setShowsAll(true)}>
            {count("panel.more", mistakes.length - shown.length)}
          </button>
        </div>
      )}
    </section>
  );
}
