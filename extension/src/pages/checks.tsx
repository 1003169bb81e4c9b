import { useEffect, useState } from "preact/hooks";
import messages from "../generated/messages.json";
import { isHolding } from "../holding";
import { countByCheck, loadJudgements } from "../judgements";
import { siteLabel } from "../platforms";
import type { Loudness } from "../settings";
import { checkName } from "../texts";
import type { Shared } from "./open-page";

const LOUDNESS = { normal: "options.checks_normal", hint: "options.checks_hint", off: "options.checks_off" } as const;
const HOLDING = { normal: "options.checks_normal", warn: "options.checks_warn" } as const;
/** From how often a check was called "not right" on a softer voice is proposed. */
const OFTEN = 5;

/** How each check speaks, and where it is silent. */
export function Checks({ settings, speak, change }: Shared) {
  const { say } = speak;
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => void loadJudgements().then((judgements) => setCounts(new Map(countByCheck(judgements)))), []);
  const speakAs = (check: string, loudness: Loudness | "normal") => {
    const { [check]: _, ...others } = settings.checks;
    change({ checks: loudness === "normal" ? others : { ...others, [check]: loudness } });
  };
  const speakAgain = (check: string) => {
    const silenced = Object.entries(settings.silenced).map(([site, checks]) => [site, checks.filter((one) => one !== check)] as const);
    change({ silenced: Object.fromEntries(silenced.filter(([, checks]) => checks.length > 0)) });
  };
  return (
    <section>
      <h2>{say("options.checks")}</h2>
      <p class="small">{say("options.checks_long")}</p>
      <ul class="checks">
        {Object.keys(messages.nl.checks)
          .map((name) => name.replaceAll("_", "-"))
          .map((check) => {
            const holds = isHolding(check);
            const wish = settings.checks[check] ?? "normal";
            const loudness = holds && wish !== "normal" ? "warn" : wish;
            const count = counts.get(check) ?? 0;
            const sites = Object.keys(settings.silenced).filter((site) => settings.silenced[site]?.includes(check));
            return (
              <li key={check}>
                <span>{checkName(speak, check)}</span>
                <select
                  aria-label={say("options.checks_how", { check: checkName(speak, check) })}
                  value={loudness}
                  onChange={(event) => speakAs(check, event.currentTarget.value as Loudness | "normal")}
                >
                  {Object.entries(holds ? HOLDING : LOUDNESS).map(([one, name]) => (
                    <option key={one} value={one}>
                      {say(name)}
                    </option>
                  ))}
                </select>
                {loudness === "warn" && <p class="small">{say("options.checks_warn_long")}</p>}
                {!holds && count >= OFTEN && loudness === "normal" && (
                  <p class="small">
                    {say("options.checks_propose", { count })}{" "}
                    <button type="button" class="link" onClick={() => speakAs(check, "hint")}>
                      {say("options.checks_do")}
                    </button>
                  </p>
                )}
                {!holds && sites.length > 0 && (
                  <p class="small">
                    {say("options.checks_silenced", { sites: sites.map((site) => siteLabel(site, speak.locale)).join(", ") })}{" "}
                    <button type="button" class="link" onClick={() => speakAgain(check)}>
                      {say("options.checks_again")}
                    </button>
                  </p>
                )}
              </li>
            );
          })}
      </ul>
    </section>
  );
}
