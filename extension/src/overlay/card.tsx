import { useEffect, useState } from "preact/hooks";
import { maySilence } from "../holding";
import { isAboutWords, mayBeOurs } from "../phrases";
import { named } from "../platforms";
import { sentenceAround } from "../spans";
import { checkName } from "../texts";
import { Floating } from "./floating";
import { LevelName } from "./level-name";
import { PhraseForm } from "./phrase-form";
import { ReasonForm } from "./reason-form";
import { Rewrites } from "./rewrites";
import { Sign } from "./sign";
import type { Actions, CardView, View } from "./view";
import { Walk } from "./walk";

const LONGEST_WORDS = 140;

/** The card at the words: what may go wrong, why, and what would be better. */
export function Card({ view, card, actions }: { readonly view: View; readonly card: CardView; readonly actions: Actions }) {
  const { say } = view.speak;
  const { finding, anchor, note } = card;
  const { warning } = finding;
  const [part, setPart] = useState<"finding" | "why" | "reason" | "ours">("finding");
  useEffect(() => setPart("finding"), [finding.key]);
  const before = view.known.text.slice(finding.replaces.start, finding.replaces.end);
  return (
    <Floating anchor={anchor} class="card" label={warning.title} takesFocus={card.takesFocus} onEscape={actions.closeCard}>
      <header>
        <LevelName level={warning.level} speak={view.speak} />
        <Walk view={view} among={view.known.findings} card={card} actions={actions} />
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
          check={checkName(view.speak, warning.check)}
          maySilence={maySilence(warning)}
          site={named(view.site.label, view.speak.locale)}
          onSend={(reason, words, silences) => actions.judge(finding, reason, words, silences)}
          onCancel={() => setPart("finding")}
        />
      ) : part === "ours" ? (
        <PhraseForm
          speak={view.speak}
          check={checkName(view.speak, warning.check)}
          words={warning.text.trim().replaceAll(/\s+/g, " ")}
          sentence={sentenceAround(view.known.text, finding.span)}
          onKeep={(words) => actions.keepPhrase(finding, words)}
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
            {mayBeOurs(warning) ? (
              <button type="button" class="link" onClick={() => setPart("ours")}>
                {say("phrases.ours")}
              </button>
            ) : (
              isAboutWords(warning) && <p class="small">{say("phrases.each_time")}</p>
            )}
          </footer>
        </>
      )}
    </Floating>
  );
}

function shorten(words: string): string {
  return words.length <= LONGEST_WORDS ? words : `${words.slice(0, LONGEST_WORDS - 30).trimEnd()} … ${words.slice(-25).trimStart()}`;
}
