import type { Finding } from "../reading/findings";
import { Sign } from "./sign";
import type { Actions, CardView, View } from "./view";

interface Props {
  readonly view: View;
  readonly among: readonly Finding[];
  readonly card: CardView;
  readonly actions: Actions;
}

/** Steps to the finding before and after this one. */
export function Walk({ view, among: findings, card, actions }: Props) {
  const { say } = view.speak;
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
