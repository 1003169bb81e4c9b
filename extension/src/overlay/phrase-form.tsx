import { useState } from "preact/hooks";
import { isSameWords, LONGEST_PHRASE } from "../phrases";
import type { Speaker } from "../texts";
import { FormFoot } from "./form-foot";

interface Props {
  readonly speak: Speaker;
  /** Name of the check, as the user knows it. */
  readonly check: string;
  readonly words: string;
  /** The sentence in which they stand. */
  readonly sentence: string;
  onKeep(words: string): void;
  onCancel(): void;
}

/** Asks how much of it is the user's own: one word of a slogan would be silent everywhere else too. */
export function PhraseForm({ speak, check, words, sentence, onKeep, onCancel }: Props) {
  const { say } = speak;
  const choices = [words, sentence].filter((one, at) => one.length <= LONGEST_PHRASE && (at === 0 || !isSameWords(one, words)));
  const named = (one: string) => say(one === words ? "phrases.words" : "phrases.sentence", { words: one });
  const [chosen, setChosen] = useState(choices[0] ?? "");
  return (
    <form
      class="reason"
      onSubmit={(event) => {
        event.preventDefault();
        onKeep(chosen);
      }}
    >
      {choices.length === 0 ? (
        <p class="note">{say("phrases.too_long", { most: LONGEST_PHRASE })}</p>
      ) : (
        <>
          {choices.length === 1 ? (
            <p>{named(chosen)}</p>
          ) : (
            <fieldset>
              <legend>{say("phrases.ask")}</legend>
              {choices.map((one) => (
                <label key={one}>
                  <input type="radio" name="phrase" value={one} checked={chosen === one} onChange={() => setChosen(one)} />{" "}
                  <span>{named(one)}</span>
                </label>
              ))}
            </fieldset>
          )}
          <p class="small">{say("phrases.effect", { check })}</p>
        </>
      )}
      <FormFoot speak={speak} canSave={choices.length > 0} onCancel={onCancel} />
    </form>
  );
}
