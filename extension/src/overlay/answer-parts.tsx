import type { Analysis } from "../companion/contract";
import { moment } from "../moments";
import { Sign } from "./sign";
import type { Actions, View } from "./view";

interface Props {
  readonly view: View;
}
type Complaint = NonNullable<Analysis["complaint"]>;
type Component = Analysis["components"][number];

/** What the customer expects, how severe it is, who may be asking, and what to do about it. */
export function ExpectationsPart({ view: { known, speak } }: Props) {
  const { say } = speak;
  const complaint = known.answer?.analysis.complaint;
  if (!known.answer || !complaint) return null;
  const text = known.answer.complaint;
  return (
    <section>
      <h2>{say("panel.expects")}</h2>
      {complaint.expectations.length === 0 && <p>{say("panel.expects_unknown")}</p>}
      <ul class="signs">
        {complaint.expectations.map((expectation) => (
          <li key={expectation.id}>
            <strong>{expectation.label}</strong> <Words text={text} place={expectation} />
          </li>
        ))}
      </ul>
      <Severity complaint={complaint} speak={speak} />
      {complaint.complainer && (
        <p class="small">
          {say("panel.possibly", { type: complaint.complainer.label.toLowerCase() })} <Words text={text} place={complaint.complainer} />{" "}
          {complaint.complainer.approach}
        </p>
      )}
      {complaint.house_rules.map((rule) => (
        <p class="status" key={rule.id}>
          {say("panel.house_rule", { rule: rule.label })} <Words text={text} place={rule} />
        </p>
      ))}
      {complaint.advice.map((advice) => (
        <p key={advice}>{advice}</p>
      ))}
    </section>
  );
}

function Severity({ complaint: { severity }, speak }: { readonly complaint: Complaint } & Pick<View, "speak">) {
  if (!severity) return null;
  const reasons = severity.reasons.map(({ label }) => label).join(", ");
  return (
    <p class="severity" data-level={severity.level}>
      <span class="steps" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <i key={step} class={step <= severity.level ? "on" : undefined} />
        ))}
      </span>
      {speak.say(reasons ? "panel.severity_because" : "panel.severity", { level: severity.level, reasons })}
    </p>
  );
}

/** The customer's own words, where the companion could point at them. */
export function Words({ text, place }: { readonly text: string; readonly place: { start?: number | null; end?: number | null } }) {
  if (typeof place.start !== "number" || typeof place.end !== "number") return null;
  return <q>{text.slice(place.start, place.end)}</q>;
}

/** What the customer asks and states, whether the reply answers it, and whether it concedes what the writer calls true. */
export function PointsPart({ view: { known, speak }, actions }: Props & { readonly actions: Actions }) {
  const points = known.answer?.analysis.complaint?.points ?? [];
  if (!known.answer || points.length === 0) return null;
  const text = known.answer.complaint;
  return (
    <section>
      <h2>{speak.say("panel.points")}</h2>
      <ul class="checklist">
        {points.map((point) => (
          <li key={point.start} data-state={point.answered ? "there" : "open"}>
            <State isThere={point.answered === true} />
            <span>{text.slice(point.start, point.end)}</span>
            {typeof point.answered === "boolean" && (
              <span class="small">{speak.say(point.answered ? "panel.point_answered" : "panel.point_open")}</span>
            )}
            <label class="choice-line small">
              <input
                type="checkbox"
                checked={known.truePoints.includes(point.start)}
                onChange={(event) => actions.judgePoint(point.start, event.currentTarget.checked)}
              />
              {speak.say("panel.point_true")}
              {known.readText !== null && typeof point.conceded === "boolean" && (
                <strong>{speak.say(point.conceded ? "panel.point_conceded" : "panel.point_not_conceded")}</strong>
              )}
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The elements of a good reply: those this complaint needs first, what is missing with what to do. */
export function ChecklistPart({ view: { known, speak } }: Props) {
  const components = known.answer?.analysis.components ?? [];
  if (components.length === 0 || known.readText === null) return null;
  const needed = components.filter((component) => component.needed);
  const others = components.filter((component) => !component.needed);
  return (
    <section>
      <h2>{speak.say("panel.checklist")}</h2>
      <ul class="checklist">
        {needed.map((component) => (
          <ComponentLine key={component.id} component={component} speak={speak} />
        ))}
      </ul>
      <details>
        <summary>{speak.say("panel.checklist_more")}</summary>
        <ul class="checklist">
          {others.map((component) => (
            <ComponentLine key={component.id} component={component} speak={speak} />
          ))}
        </ul>
      </details>
    </section>
  );
}

function ComponentLine({ component, speak }: { readonly component: Component } & Pick<View, "speak">) {
  return (
    <li data-state={component.present ? "there" : "open"}>
      <State isThere={component.present} />
      <span>{component.title}</span>
      <span class="hidden">{speak.say(component.present ? "panel.present" : "panel.missing")}</span>
      {component.needed && component.hint && <span class="small">{component.hint}</span>}
    </li>
  );
}

function State({ isThere }: { readonly isThere: boolean }) {
  return <span class="state">{isThere && <Sign name="check" />}</span>;
}

/** The complaint without insults and shouting, where there is any: the customer's own words, fewer of them. */
export function FactsPart({ view: { known, speak } }: Props) {
  const facts = known.answer?.analysis.complaint?.facts ?? [];
  const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
  const isCalm = bare(facts.map(({ text }) => text).join(" ")).toLowerCase() === bare(known.answer?.complaint ?? "").toLowerCase();
  if (facts.length === 0 || isCalm) return null;
  return (
    <details class="facts">
      <summary>{speak.say("panel.facts")}</summary>
      <ul class="signs">
        {facts.map(({ start, text }) => (
          <li key={start}>{text}</li>
        ))}
      </ul>
    </details>
  );
}

const AXIS_SHOWS = 3;

/** How the reply comes across, on three axes with their words; never one number. */
export function AxesPart({ view: { known, speak } }: Props) {
  const { say } = speak;
  const { analysis } = known.answer ?? {};
  if (!analysis || analysis.axes.length === 0 || known.readText === null) return null;
  const text = known.readText;
  const states = { carried: "panel.axis_carried", mixed: "panel.axis_mixed", hurt: "panel.axis_hurt", open: "panel.axis_open" } as const;
  return (
    <section>
      <h2>{say("panel.axes")}</h2>
      <ul class="axes">
        {analysis.axes.map((axis) => (
          <li key={axis.id} data-state={axis.state}>
            <State isThere={axis.state === "carried"} />
            <span>
              <strong>{axis.title}</strong>: {say(states[axis.state])}
            </span>
            {axis.note && <span class="small">{axis.note}</span>}
            {axis.reasons.slice(0, AXIS_SHOWS).map((reason) => (
              <span key={`${reason.start} ${reason.label}`} class="small">
                {reason.helps ? "+" : "−"} {reason.label}: <q>{shortened(text.slice(reason.start, reason.end))}</q>
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const LONGEST_QUOTE = 60;

function shortened(words: string): string {
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE).trimEnd()} …`;
}

/** Where the reply stands between defensive and too humble: a picture, and the same in words. */
export function BalancePart({ view: { known, speak } }: Props) {
  const { say } = speak;
  const balance = known.answer?.analysis.balance;
  if (!balance || known.readText === null) return null;
  const band = { defensive: "panel.band_defensive", balanced: "panel.band_balanced", "too-humble": "panel.band_too_humble" } as const;
  return (
    <section>
      <h2>{say("panel.balance")}</h2>
      <div class="balance" aria-hidden="true">
        <i style={{ left: `${((balance.position + 1) / 2) * 100}%` }} />
      </div>
      <div class="ends small" aria-hidden="true">
        <span>{say("panel.end_defensive")}</span>
        <span>{say("panel.end_humble")}</span>
      </div>
      <p class="small">
        {say(band[balance.band])} {balance.reasons.map(({ label }) => label).join(" · ")}
      </p>
    </section>
  );
}

/** How long the customer has been waiting, against what customers expect. */
export function ClockPart({ view: { known, speak } }: Props) {
  const clock = known.answer?.analysis.complaint?.clock;
  if (!clock) return null;
  const words = { ahead: "panel.clock_ahead", near: "panel.clock_near", passed: "panel.clock_passed" } as const;
  const now = new Date();
  return (
    <section>
      <h2>{speak.say("panel.clock")}</h2>
      <ul class="checklist">
        {clock.marks.map((mark) => (
          <li key={mark.minutes} data-state={mark.state}>
            <State isThere={false} />
            <span>{speak.say(words[mark.state], { time: moment(new Date(mark.due_at), now, speak.locale), minutes: mark.minutes })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
