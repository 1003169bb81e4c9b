import { isInWords, type Stumble, stretches, stumbles } from "./stranger";
import type { View } from "./view";

/** "Iedereen leest mee": complaint and reply as they will stand there, and what a stranger stumbles over. */
export function PreviewPart({ view: { known, speak } }: { readonly view: View }) {
  const { say } = speak;
  const { complaint, readText, findings } = known;
  if (readText === null || readText.trim() === "" || !complaint) return null;
  const found = stumbles(known);
  const author = complaint.author ?? say("panel.preview_customer");
  return (
    <section>
      <h2>{say("panel.preview")}</h2>
      <p class="small">{say("panel.preview_why")}</p>
      <div class="thread">
        <figure>
          <figcaption>
            <span class="face" aria-hidden="true">
              {[...author.replace(/^@/, "")][0]?.toUpperCase()}
            </span>
            <strong>{author}</strong>
          </figcaption>
          <p>{complaint.text}</p>
        </figure>
        <figure class="reply">
          <figcaption>
            <strong>{say("panel.preview_you")}</strong>
          </figcaption>
          <p>
            {stretches(
              readText,
              findings.filter(isInWords).map(({ span }) => span),
            ).map(({ text, stops }, index) => (stops ? <mark key={index}>{text}</mark> : text))}
          </p>
        </figure>
      </div>
      {found.length === 0 && <p>{say("panel.preview_fine")}</p>}
      <ul class="stumbles">
        {found.map((stumble) => (
          <li key={"words" in stumble ? stumble.words : stumble.over}>{sentence(stumble, speak)}</li>
        ))}
      </ul>
    </section>
  );
}

function sentence(stumble: Stumble, { say }: View["speak"]): string {
  if (stumble.over === "nobody") return say("panel.preview_nobody");
  return say(stumble.over === "words" ? "panel.preview_stops" : "panel.preview_open", { words: `“${stumble.words}”` });
}
