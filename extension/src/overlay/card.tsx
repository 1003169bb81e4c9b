import { useEffect, useState } from "preact/hooks";
import { Floating } from "./floating";
import { LevelName } from "./level-name";
import { ReasonForm } from "./reason-form";
import { Rewrites } from "./rewrites";
import { Sign } from "./sign";
import type { Actions, CardView, View } from "./view";

const LONGEST_WORDS = 140;

/** The card at the words: what may go wrong, why, and what would be better. */
export function Card({ view, card, actions }: { readonly view: View; readonly card: CardView; readonly actions: Actions }) {
  const { say } = view.speak;
  const { finding, anchor, note } = card;
  const { warning } = finding;
  const [part, setPart] = useState<"finding" | "why" | "reason">("finding");
  useEffect(() => setPart("finding"), [finding.key]);
  const before = view.known.text.slice(finding.replaces.start, finding.replaces.end);
  return (
    <Floating anchor={anchor} class="card" label={warning.title} takesFocus={card.takesFocus} onEscape={actions.closeCard}>
      <header>
        <LevelName level={warning.level} speak={view.speak} />
        <Walk view={view} card={card} actions={actions} />
        <button type="button" class="plain" aria-label={say("card.close")} onClick={actions.closeCard}>
          <Sign name="close" />
        </button>
      </header>
      <h2>{warning.title}</h2>
      {/* Most messages quote the words themselves. */}
      {!warning.message.includes(warning.text) && <blockquote>{shorten(warning.text)}</blockquote>}
      <p>{warning.message}</p>
      {part === "why" && warning.why && <p class="why">{warning.why}</p>}
      {note && (
        <p class="note" role="status">
          {note}
        </p>
      )}
      {part === "reason" ? (
        <ReasonForm
          speak={view.speak}
          onSend={(reason, words) => actions.judge(finding, reason, words)}
          onCancel={() => setPart("finding")}
        />
      ) : (
        <>
          <Rewrites finding={finding} before={before} speak={view.speak} onChoose={(rewrite) => actions.accept(finding, rewrite)} />
          <footer>
            <button type="button" onClick={() => actions.keep(finding)}>
              {say("card.keep")}
            </button>
            <button type="button" onClick={() => setPart("reason")}>
              {say("card.not_right")}
            </button>
            {warning.why && (
              <button type="button" aria-expanded={part === "why"} onClick={() => setPart(part === "why" ? "finding" : "why")}>
                {say("card.why")}
              </button>
            )}
          </footer>
        </>
      )}
    </Floating>
  );
}

/** Steps to the finding before and after this one. */
function Walk({ view, card, actions }: { readonly view: View; readonly card: CardView; readonly actions: Actions }) {
  const { say } = view.speak;
  const { findings } = view.known;
  const index = findings.findIndex(({ key }) => key === card.finding.key);
  const [previous, next] = [findings[index - 1], findings[index + 1]];
  if (findings.length < 2 || index < 0) return <span class="walk" />;
  return (
    <span class="walk">
      <button
        type="button"
        class="plain"
        disabled={!previous}
        aria-label={say("card.previous")}
        onClick={() => previous && actions.openCard(previous, true)}
      >
        <Sign name="previous" />
      </button>
      <span>{say("card.position", { index: index + 1, count: findings.length })}</span>
      <button
        type="button"
        class="plain"
        disabled={!next}
        aria-label={say("card.next")}
        onClick={() => next && actions.openCard(next, true)}
      >
        <Sign name="next" />
      </button>
    </span>
  );
}

function shorten(words: string): string {
  return words.length <= LONGEST_WORDS ? words : `${words.slice(0, LONGEST_WORDS - 30).trimEnd()} … ${words.slice(-25).trimStart()}`;
}
