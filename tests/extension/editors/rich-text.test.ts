import { describe, expect, it } from "vitest";
import { readRichText } from "../../../extension/src/editors/rich-text";

const rootWith = (html: string) => {
  document.body.innerHTML = `<div id="root" contenteditable="true">${html}</div>`;
  return document.querySelector<HTMLElement>("#root") as HTMLElement;
};
const draftBlock = (inner: string) =>
  `<div data-block="true"><div class="public-DraftStyleDefault-block"><span><span data-text="true">${inner}</span></span></div></div>`;

describe("the text of a rich editor", () => {
  it.each([
    ["nothing", "", ""],
    ["an empty line that is held open", "<p><br></p>", ""],
    ["plain text", "Dag", "Dag"],
    ["Lexical paragraphs", "<p><span>Dag</span></p><p><span>Lisa</span></p>", "Dag\nLisa"],
    ["Lexical with an empty line", "<p><span>Dag</span></p><p><br></p><p><span>Lisa</span></p>", "Dag\n\nLisa"],
    ["Lexical line break", "<p><span>Dag</span><br><span>Lisa</span></p>", "Dag\nLisa"],
    ["Lexical line break at the end", '<p><span>Dag</span><br><br data-lexical-managed-linebreak="true"></p>', "Dag\n"],
    ["Chrome's own lines", "Dag<div>Lisa</div><div><br></div><div>Groet</div>", "Dag\nLisa\n\nGroet"],
    ["Draft.js blocks", draftBlock("Dag") + draftBlock("<br>") + draftBlock("Lisa"), "Dag\n\nLisa"],
    ["invisible fillers", "<p>\uFEFFDag\u200B Lisa\uFEFF</p>", "Dag Lisa"],
    ["hard spaces", "<p>Dag\u00A0\u00A0Lisa</p>", "Dag  Lisa"],
    ["an emoji", "<p>Dag 🙂 <span>Lisa</span></p>", "Dag 🙂 Lisa"],
    ["words that are no part of the text", '<p>Dag <span contenteditable="false">×</span>Lisa</p>', "Dag Lisa"],
  ])("%s", (_, html, text) => {
    expect(readRichText(rootWith(html)).text).toBe(text);
  });

  it("knows where words stand, over several nodes", () => {
    const read = readRichText(rootWith("<p><span>U had 🙂 </span><b>moeten</b><span> lezen.</span></p>"));
    const start = read.text.indexOf("had");
    const ranges = read.ranges({ start, end: read.text.indexOf(" lezen") + 6 });
    expect(ranges.map(String).join("")).toBe("had 🙂 moeten lezen");
    expect(ranges).toHaveLength(3);
  });

  it("finds a caret and its offset again, also on an empty line and at both ends", () => {
    const read = readRichText(rootWith("<p><span>Dag</span></p><p><br></p><p><span>Lisa</span></p>"));
    for (let offset = 0; offset <= read.text.length; offset++) {
      const point = read.point(offset);
      expect(point && read.offset(point), `offset ${offset}`).toBe(offset);
    }
  });
});
