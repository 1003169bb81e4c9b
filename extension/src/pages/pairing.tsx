import { useState } from "preact/hooks";
import type { Pairing as Outcome } from "../companion/contract";
import { ask } from "../protocol";
import type { Speaker } from "../texts";
import { CompanionState, type Health, isPaired } from "./companion-state";
import type { Shared } from "./open-page";

interface Props extends Shared {
  readonly health: Health;
  onChange(): void;
}

/** The code that the companion shows, typed once. */
export function Pairing({ speak, health, onChange }: Props) {
  const { say } = speak;
  const [code, setCode] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const pair = async () => {
    setOutcome(await ask("pair", code.trim()));
    setCode("");
    onChange();
  };
  const unpair = async () => {
    await ask("unpair", null);
    setOutcome(null);
    onChange();
  };
  return (
    <section>
      <h2>{say("options.pairing")}</h2>
      <CompanionState health={health} speak={speak} />
      {isPaired(health) ? (
        <div class="row">
          <span>{say(outcome ? "options.pairing_done" : "options.pairing_again")}</span>
          <button type="button" class="link" onClick={() => void unpair()}>
            {say("options.pairing_forget")}
          </button>
        </div>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void pair();
          }}
        >
          <p class="small">{say("options.pairing_long")}</p>
          <div class="row">
            <label class="stacked">
              {say("options.pairing_code")}
              <input
                type="text"
                inputMode="numeric"
                autocomplete="off"
                placeholder="123-456"
                size={9}
                maxLength={20}
                required
                value={code}
                onInput={(event) => setCode(event.currentTarget.value)}
              />
            </label>
            <button type="submit" class="main">
              {say("options.pairing_button")}
            </button>
          </div>
          {outcome && outcome.state !== "paired" && <p role="alert">{trouble(outcome, speak)}</p>}
        </form>
      )}
    </section>
  );
}

function trouble(outcome: Exclude<Outcome, { state: "paired" }>, { say }: Speaker): string {
  switch (outcome.state) {
    case "wrong-code":
      return say("options.pairing_wrong");
    case "too-often":
      return say("options.pairing_often");
    case "away":
      return say("options.pairing_away");
    case "failed":
      return say("options.pairing_failed", { reason: outcome.reason });
  }
}
