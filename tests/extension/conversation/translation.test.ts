import { beforeEach, describe, expect, it } from "vitest";
import { findComplaint, readMessages } from "../../../extension/src/conversation/find-complaint";
import { platforms } from "../../../extension/src/platforms";

const NL = "Twee uur gewacht op een monteur die nooit kwam";
const EN = "Waited two hours for a mechanic who never came";

const rulesOf = (id: string) => {
  const platform = platforms.find((one) => one.id === id);
  if (!platform) throw new Error(`no platform ${id}`);
  return platform;
};
const readOn = (id: "google-business" | "google-maps", review: string): string | undefined => {
  if (id === "google-maps") {
    document.body.innerHTML = `<div data-review-id="1"><span class="wiI7pd">${review}</span></div>`;
    return readMessages(document, rulesOf(id).complaint)[0]?.text;
  }
  document.body.innerHTML = `<div role="dialog"><article><div jsname="PBWx0c">${review}</div></article><textarea></textarea></div>`;
  return findComplaint(document.querySelector("textarea") as Element, rulesOf(id))?.text;
};

beforeEach(() => {
  document.head.innerHTML = "";
});

describe.each(["google-business", "google-maps"] as const)("a review that %s translated", (id) => {
  it.each([
    ["English interface, on lines", `(Translated by Google) ${EN}.<br><br>(Original)<br>${NL}.`, `${NL}.`],
    ["English interface, in one run", `(Translated by Google) ${EN}.\n\n(Original)\n${NL}.`, `${NL}.`],
    ["Dutch interface", `(Vertaald door Google) ${NL}.<br><br>(Origineel)<br>${EN}.`, `${EN}.`],
    ["Dutch interface with the English mark", `(Vertaald door Google) ${NL}.<br>(Original)<br>${EN}.`, `${EN}.`],
    ["a translation without a full stop", `(Translated by Google) ${EN}\n\n(Original)\n${NL}`, NL],
    ["the original first", `${NL}. (Translated by Google) ${EN}.`, `${NL}.`],
    ["the original first and marked", `(Origineel)<br>${NL}<br><br>(Vertaald door Google)<br>${EN}`, NL],
    ["an original with lines and emoji", `(Translated by Google) ${EN} 😡<br>(Original)<br>${NL} 😡<br>Schande!`, `${NL} 😡\nSchande!`],
    ["a translation that quotes the mark", `(Translated by Google) It said (Original) there.<br>(Original)<br>${NL}.`, `${NL}.`],
    ["nothing but a translation", `(Translated by Google) ${EN}.`, `${EN}.`],
  ])("is read as the customer wrote it: %s", (_, review, text) => expect(readOn(id, review)).toBe(text));

  it.each([
    "Jullie zetten er (Vertaald door Google) onder, en (Origineel) erboven.",
    'Er staat "(Translated by Google)" bij, en "(Original)" boven mijn eigen tekst.',
    "Translated by Google or not: the original is mine.",
    "שירות גרוע (Translated by Google) מאוד",
  ])("is left whole where the customer quotes such words: %s", (review) => expect(readOn(id, review)).toBe(review));
});

it("other sites have no such marks", () => {
  const text = `(Translated by Google) ${EN}. (Original) ${NL}.`;
  document.body.innerHTML = `<div class="review"><p class="text">${text}</p><textarea></textarea></div>`;
  expect(findComplaint(document.querySelector("textarea") as Element, rulesOf("generic"))?.text).toBe(text);
});
