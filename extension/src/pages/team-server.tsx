import { useState } from "preact/hooks";
import { browser } from "wxt/browser";
import type { Joining } from "../companion/contract";
import { permissionFor, serverFrom } from "../companion/server";
import { ask } from "../protocol";
import type { Speaker } from "../texts";
import { CompanionState, type Health, isPaired } from "./companion-state";
import type { Shared } from "./open-page";

interface Props extends Pick<Shared, "settings" | "speak"> {
  readonly health: Health;
  onChange(): void;
}

type Outcome = Joining | { readonly state: "odd" } | { readonly state: "not-allowed" } | { readonly state: "looking" };

/** The address of the team's server and a token of one's own, made on a page there. */
export function TeamServer({ settings: { server }, speak, health, onChange }: Props) {
  const { say } = speak;
  const [address, setAddress] = useState(server ?? "");
  const [token, setToken] = useState("");
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isRenewing, setRenewing] = useState(false);
  const join = async () => {
    setOutcome({ state: "looking" });
    const outcome = await connect(address, token.trim());
    setOutcome(outcome);
    if (outcome.state !== "joined") return;
    setToken("");
    setRenewing(false);
    onChange();
  };
  const isIn = server !== null && (health.state !== "ready" || isPaired(health));
  return (
    <section>
      <h2>{say("options.team")}</h2>
      {server !== null && <CompanionState health={health} speak={speak} />}
      {isIn && !isRenewing ? (
        <button type="button" class="link" onClick={() => setRenewing(true)}>
          {say("options.team_renew")}
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void join();
          }}
        >
          <p class="small">{say("options.team_long")}</p>
          <label class="stacked">
            {say("options.team_address")}
            <input
              type="text"
              inputMode="url"
              autocomplete="off"
              spellcheck={false}
              placeholder="https://meelezer.example"
              size={34}
              maxLength={300}
              required
              value={address}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
          </label>
          <label class="stacked">
            {say("options.team_token")}
            <input
              type="password"
              autocomplete="off"
              size={34}
              maxLength={300}
              required
              value={token}
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          </label>
          <p class="small">
            {say("options.team_token_long")} <TokenPage address={address} />
          </p>
          <div class="row">
            <button type="submit" class="main" disabled={outcome?.state === "looking"}>
              {say("options.team_join")}
            </button>
          </div>
          {outcome && outcome.state !== "joined" && outcome.state !== "looking" && (
            <p role="alert">{trouble(outcome, address.trim(), speak)}</p>
          )}
        </form>
      )}
    </section>
  );
}

/** A link as soon as the address is one. */
function TokenPage({ address }: { readonly address: string }) {
  const server = serverFrom(address);
  if (server === null) return <>https://…/people/me</>;
  return (
    <a href={`${server}/people/me`} target="_blank" rel="noreferrer">
      {server}/people/me
    </a>
  );
}

async function connect(address: string, token: string): Promise<Outcome> {
  const server = serverFrom(address);
  if (server === null) return { state: "odd" };
  // Asked at once, without looking first whether it is there already: the browser wants the user's own click for it.
  const isAllowed = await browser.permissions.request({ origins: [permissionFor(server)] }).catch(() => false);
  if (!isAllowed) return { state: "not-allowed" };
  return ask("join", { server, token });
}

function trouble(outcome: Exclude<Outcome, { state: "joined" | "looking" }>, address: string, { say }: Speaker): string {
  switch (outcome.state) {
    case "odd":
      return say("options.team_odd");
    case "not-allowed":
      return say("options.team_not_allowed");
    case "away":
      return say("options.team_away", { address });
    case "stranger":
      return say("options.team_stranger", { address });
    case "refused":
      return say("options.team_refused");
    case "outdated":
      return say("options.team_outdated");
    case "failed":
      return say("options.team_failed", { reason: outcome.reason });
  }
}
