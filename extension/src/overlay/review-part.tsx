import type { Review } from "../companion/contract";
import { isSame } from "../reviewing";
import { Changes } from "./rewrites";
import type { Actions, View } from "./view";
import { wordChanges } from "./word-changes";

interface Props {
  readonly view: View;
  readonly actions: Actions;
}

/** Four eyes: ask a colleague, see how it stands, take over what they made of it. */
export function ReviewPart({ view, actions }: Props) {
  const { known, reviewing, writer, companionAddress, speak } = view;
  const { say } = speak;
  const { asked, note, isPlaced } = reviewing;
  if (known.text.trim() === "" && asked.state === "none") return null;
  const isUnsigned = writer.name.trim() === "";
  // The next reply to the same complaint is asked about anew.
  const isAnother = asked.state === "ready" && asked.content.placed_at !== null && isOther(asked.content, known.text);
  return (
    <section class="review" data-state={asked.state === "ready" ? asked.content.state : asked.state}>
      <h2>{say("review.title")}</h2>
      {asked.state === "ready" && <Standing view={view} actions={actions} />}
      {((asked.state !== "ready" && asked.state !== "kept") || isAnother) && (
        <>
          <p class="small">{say("review.long")}</p>
          <div class="row">
            {isUnsigned ? (
              <button type="button" class="link" onClick={actions.openOptions}>
                {say("review.name_first")}
              </button>
            ) : (
              <button type="button" disabled={asked.state === "sending"} onClick={actions.askColleague}>
                {say(asked.state === "sending" ? "review.sending" : "review.ask")}
              </button>
            )}
          </div>
          {asked.state !== "none" && asked.state !== "sending" && asked.state !== "ready" && <p class="small">{troubleOf(view)}</p>}
        </>
      )}
      {asked.state === "kept" && <p>{say("review.kept")}</p>}
      {isPlaced && <p>{say("review.placed_kept")}</p>}
      {note && <p class="small">{note === "away" ? say("states.away") : note}</p>}
      {asked.state === "ready" && (
        <p class="small">
          <a href={`${companionAddress}${asked.content.path}?lang=${speak.locale}`} target="_blank" rel="noreferrer">
            {say("review.open")}
          </a>
        </p>
      )}
    </section>
  );
}

function Standing({ view, actions }: Props) {
  const { known, reviewing, speak } = view;
  const { say } = speak;
  if (reviewing.asked.state !== "ready") return null;
  const review = reviewing.asked.content;
  const isPlaced = review.placed_at !== null;
  const isChanged = !isPlaced && !isSame(review.draft, known.text);
  const isTheirs = review.versions.at(-1)?.origin === "reviewer";
  const readers = review.readers.filter((who) => who !== review.writer).join(", ");
  const by = review.decision?.by ?? "";
  return (
    <>
      <p>
        <strong>
          {isPlaced && say(PLACED[review.placed_as ?? "approved"])}
          {!isPlaced && review.state === "approved" && say(isChanged ? "review.approved_changed" : "review.approved", { who: by })}
          {!isPlaced && review.state === "returned" && say("review.returned", { who: by })}
          {!isPlaced && review.state === "waiting" && (readers ? say("review.reading", { who: readers }) : say("review.waiting"))}
        </strong>
      </p>
      {review.decision?.reason && <blockquote>{review.decision.reason}</blockquote>}
      {review.comments.length > 0 && (
        <ul class="comments">
          {review.comments.map((comment) => (
            <li key={`${comment.at} ${comment.author}`}>
              {comment.quote && <q>{comment.quote}</q>} {comment.text} <span class="small">{comment.author}</span>
            </li>
          ))}
        </ul>
      )}
      {isChanged && isTheirs && (
        <>
          <p class="suggestion">
            <Changes changes={wordChanges(known.text, review.draft)} />
          </p>
          <div class="row">
            <button type="button" class="main" onClick={actions.takeReviewed}>
              {say("review.take")}
            </button>
          </div>
        </>
      )}
      {isChanged && known.text.trim() !== "" && (
        <div class="row">
          <button type="button" onClick={actions.askAgain}>
            {say(review.state === "waiting" ? "review.send_changed" : "review.ask_again")}
          </button>
        </div>
      )}
    </>
  );
}

const PLACED = { approved: "review.placed", changed: "review.placed_changed", unapproved: "review.placed_unapproved" } as const;

/** There is a text in the editor, and it is not the one that was asked about. */
function isOther({ draft }: Review, text: string): boolean {
  return text.trim() !== "" && !isSame(draft, text);
}

function troubleOf({ reviewing: { asked }, speak: { say } }: View): string {
  if (asked.state === "failed") return say("states.failed", { reason: asked.reason });
  return say(asked.state === "unpaired" ? "states.unpaired" : asked.state === "outdated" ? "states.outdated" : "states.away");
}
