import { expect, it } from "vitest";
import { isWhole, shortened, wordChanges } from "../../../extension/src/overlay/word-changes";

const drawn = (before: string, after: string) =>
  wordChanges(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "old" ? `[-${text}-]` : `[+${text}+]`))
    .join("");

it.each([
  ["Dat is gewoon pech.", "Dat is pech.", "Dat is [-gewoon -]pech."],
  ["Wij begrijpen uw ergernis", "Wij begrijpen je ergernis", "Wij begrijpen [-uw-][+je+] ergernis"],
  [
    "U had moeten lezen.",
    "Dat hadden wij duidelijker moeten zeggen.",
    "[-U had moeten lezen.-][+Dat hadden wij duidelijker moeten zeggen.+]",
  ],
  [
    "Dag Lisa, dank voor je bericht. Je had de voorwaarden moeten lezen. Ik bel je morgen voor twaalf uur.",
    "Dag Lisa, dank voor je bericht. Dat was niet duidelijk. Ik bel je morgen voor twaalf uur.",
    "Dag Lisa, dank voor je bericht. [-Je had de voorwaarden moeten lezen-][+Dat was niet duidelijk+]. Ik bel je morgen voor twaalf uur.",
  ],
  ["Wij bellen u gauw terug", "Wij bellen je snel terug", "Wij bellen [-u gauw-][+je snel+] terug"],
  ["", "Groet, Noor", "[+Groet, Noor+]"],
])("%j to %j", (before, after, expected) => {
  expect(drawn(before, after)).toBe(expected);
});

it("gives back both texts", () => {
  const [before, after] = ["Beste Lisa, dat is echt vervelend.", "Beste Lisa, dat is echt heel vervelend voor je."];
  const changes = wordChanges(before, after);
  const without = (kind: string) =>
    changes
      .filter((change) => change.kind !== kind)
      .map(({ text }) => text)
      .join("");
  expect([without("new"), without("old")]).toEqual([before, after]);
  expect(isWhole(changes)).toBe(false);
});

it("shortens long stretches that stay", () => {
  const stays = "een lange zin die helemaal blijft staan zoals hij was geschreven ";
  const [first] = shortened(wordChanges(`${stays}nu`, `${stays}straks`));
  expect(first?.text.startsWith("…")).toBe(true);
  expect(first?.text.length).toBeLessThan(30);
});
