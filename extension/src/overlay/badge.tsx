import { useRef } from "preact/hooks";
import type { Known } from "../reading/reading";
import { isSame } from "../reviewing";
import type { Speaker } from "../texts";
import { Sign } from "./sign";
import type { Actions, View } from "./view";

type Face = { readonly sign: preact.JSX.Element | string; readonly label: string; readonly word?: string };

/** What the badge shows in each state; a state without a face does not compile. */
function faceOf(known: Known, isSlow: boolean, speak: Speaker): Face {
  const { say, count } = speak;
  const found = known.findings.length;
  const usual = (): Face =>
    found > 0 ? { sign: String(found), label: count("badge.findings", found) } : { sign: <Sign name="check" />, label: say("badge.clear") };
  const faces: Record<Known["state"], () => Face> = {
    idle: () => ({ sign: <Sign name="many" />, label: say("panel.findings_wait") }),
    reading: () => (isSlow || known.readText === null ? { sign: <Sign name="dots" />, label: say("badge.reading") } : usual()),
    ready: usual,
    "too-long": () => ({ sign: <Sign name="broken" />, label: say("states.too_long") }),
    away: () => ({ sign: <Sign name="broken" />, label: say("badge.away_long"), word: say("badge.away") }),
    unpaired: () => ({ sign: <Sign name="link" />, label: say("badge.unpaired_long"), word: say("badge.unpaired") }),
    outdated: () => ({ sign: <Sign name="broken" />, label: say("states.outdated"), word: say("badge.failed") }),
    failed: () => ({ sign: <Sign name="broken" />, label: say("badge.failed_long", { reason: known.reason }), word: say("badge.failed") }),
    retired: () => ({ sign: <Sign name="broken" />, label: say("badge.retired_long"), word: say("badge.retired") }),
  };
  return faces[known.state]();
}

const DRAG_FROM = 5;

/** What stands beside the sign: what is wrong, or how it stands with the colleague. */
export function wordBeside(view: Pick<View, "known" | "reviewing" | "speak">): string {
  return faceOf(view.known, false, view.speak).word ?? reviewWord(view);
}

function reviewWord({ reviewing: { asked, isPlaced }, known, speak: { say } }: Pick<View, "known" | "reviewing" | "speak">): string {
  if (isPlaced) return say("review.badge_placed");
  if (asked.state === "kept") return say("review.badge_kept");
  if (asked.state !== "ready") return "";
  const { state, draft, readers, writer, decision } = asked.content;
  // The next reply to the same complaint is another one.
  if (asked.content.placed_at) return known.text.trim() === "" || isSame(draft, known.text) ? say("review.badge_placed") : "";
  const reader = readers.find((who) => who !== writer);
  if (state === "waiting") return reader ? say("review.badge_reading", { who: reader }) : say("review.badge_waiting");
  if (state === "returned") return say("review.badge_returned", { who: decision?.by ?? "" });
  return say(isSame(draft, known.text) ? "review.badge_approved" : "review.badge_changed");
}

export function Badge({ view, actions }: { readonly view: View; readonly actions: Actions }) {
  const { known, speak, badge, isSlow, isPanelOpen } = view;
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const face = faceOf(known, isSlow, speak);
  const mistakes = view.mistakes.length;
  const colleague = reviewWord(view);
  const label = [face.label, mistakes > 0 && speak.count("spelling.badge", mistakes), colleague].filter(Boolean).join(". ");
  const onClick = () => {
    if (drag.current?.moved) return;
    if (known.state === "unpaired") actions.openOptions();
    else if (isPanelOpen) actions.closePanel();
    else actions.openPanel();
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = drag.current;
    if (!from || event.buttons === 0) return;
    const by = { x: event.clientX - from.x, y: event.clientY - from.y };
    if (!from.moved && Math.hypot(by.x, by.y) < DRAG_FROM) return;
    drag.current = { x: event.clientX, y: event.clientY, moved: true };
    actions.dragBadge(by);
  };
  return (
    <button
      type="button"
      class="badge"
      data-state={known.state}
      data-level={known.state === "ready" ? (known.findings[0]?.warning.level ?? "clear") : "none"}
      style={{ left: `${badge.left}px`, top: `${badge.top}px` }}
      aria-label={label}
      aria-expanded={isPanelOpen}
      title={[label, view.reminds && speak.say("guard.everyone"), speak.say("badge.open")].filter(Boolean).join("\n")}
      onClick={onClick}
      onPointerDown={(event) => {
        drag.current = { x: event.clientX, y: event.clientY, moved: false };
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
    >
      <span class="sign">{face.sign}</span>
      {face.word && <span class="word">{face.word}</span>}
      {/* Drawn by the style sheet: the label says it, and text here would have to stand in it letter by letter. */}
      {colleague && !face.word && <span class="word colleague" data-word={colleague} />}
      {mistakes > 0 && !face.word && <span class="mistakes">{mistakes}</span>}
    </button>
  );
}
