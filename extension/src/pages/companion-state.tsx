import { useEffect, useState } from "preact/hooks";
import type { Questions } from "../protocol";
import { ask } from "../protocol";
import type { Speaker } from "../texts";

export type Health = Questions["health"]["answer"] | { readonly state: "checking" };

/** Ask now and again whether the companion is there. */
export function useHealth(address: string): [Health, () => void] {
  const [health, setHealth] = useState<Health>({ state: "checking" });
  const look = () => void ask("health", null).then(setHealth, () => setHealth({ state: "away" }));
  useEffect(() => {
    look();
    const timer = setInterval(look, 3_000);
    return () => clearInterval(timer);
  }, [address]);
  return [health, look];
}

export const isPaired = (health: Health): boolean => health.state === "ready" && health.content.paired;

/** One line in plain words, with what to do. */
export function CompanionState({ health, speak: { say } }: { readonly health: Health; readonly speak: Speaker }) {
  const kind = health.state === "ready" && !health.content.paired ? "unpaired" : health.state;
  const words = {
    checking: () => say("states.checking"),
    ready: () => say("states.ready"),
    unpaired: () => say("states.unpaired"),
    away: () => say("states.away"),
    outdated: () => say("states.outdated"),
    failed: () => say("states.failed", { reason: health.state === "failed" ? health.reason : "" }),
  }[kind];
  return (
    <div class="state" data-state={kind} role="status">
      <p>{words()}</p>
      {health.state === "ready" && <p class="small">{say(`states.proofreader_${health.content.languagetool}`)}</p>}
    </div>
  );
}
