import { named } from "../platforms";
import { Words } from "./answer-parts";
import type { View } from "./view";

/** What the site itself does not take: too long, or against its own rules for replies. */
export function PlatformPart({ view: { known, length, speak, site } }: { readonly view: View }) {
  const { say } = speak;
  const name = named(site.label, speak.locale);
  const broken = known.answer?.analysis.platform?.broken ?? [];
  if (!length && broken.length === 0) return null;
  return (
    <section>
      <h2>{say("panel.platform", { site: name })}</h2>
      {length && <p class="small">{say(length.count > length.most ? "panel.limit_over" : "panel.limit", { ...length, site: name })}</p>}
      <ul class="checklist">
        {broken.map((rule) => (
          <li key={rule.id} data-state="open">
            <span class="state" aria-hidden="true" />
            <span>
              <strong>{rule.label}</strong> <Words text={known.readText ?? ""} place={rule} />
            </span>
            <span class="small">{rule.advice}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
