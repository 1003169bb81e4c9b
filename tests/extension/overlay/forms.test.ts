import { h, render } from "preact";
import { afterEach, describe, expect, it } from "vitest";
import { PhraseForm } from "../../../extension/src/overlay/phrase-form";
import { ReasonForm } from "../../../extension/src/overlay/reason-form";
import { LONGEST_PHRASE } from "../../../extension/src/phrases";
import { LOCALES, speaker } from "../../../extension/src/texts";

afterEach(() => render(null, document.body));

describe.each(LOCALES)("the forms in the card, in %s", (locale) => {
  const speak = speaker(locale);

  const askPhrase = (words: string, sentence: string) => {
    const kept: string[] = [];
    const onKeep = (one: string) => void kept.push(one);
    render(h(PhraseForm, { speak, check: "x", words, sentence, onKeep, onCancel: () => undefined }), document.body);
    return { kept, radios: document.querySelectorAll("input[type=radio]").length };
  };

  it("let the user choose between the words and the sentence", () => {
    expect(askPhrase("gewoon doen", "Gewoon doen, zo zijn wij.").radios).toBe(2);
    expect(document.body.textContent).toContain(speak.say("phrases.ask"));
  });

  it.each([
    ["the words are the sentence", "Gewoon doen", "Gewoon doen."],
    ["the sentence is too long", "Gewoon doen", "x".repeat(LONGEST_PHRASE + 1)],
  ])("ask nothing where %s, and still say what is kept", (_, words, sentence) => {
    const { kept, radios } = askPhrase(words, sentence);
    expect(radios).toBe(0);
    expect(document.body.textContent).toContain(speak.say("phrases.words", { words }));
    expect(document.body.textContent).not.toContain(speak.say("phrases.ask"));
    document.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(kept).toEqual([words]);
  });

  it.each([true, false])("offer silence on this site only where there may be: %s", (maySilence) => {
    const props = { speak, check: "Verwijt", site: "X", maySilence, onSend: () => undefined, onCancel: () => undefined };
    render(h(ReasonForm, props), document.body);
    expect(document.querySelectorAll("input[type=checkbox]")).toHaveLength(maySilence ? 1 : 0);
    expect(document.body.textContent?.includes(speak.say("card.reason_silence", { check: "Verwijt", site: "X" }))).toBe(maySilence);
  });
});
