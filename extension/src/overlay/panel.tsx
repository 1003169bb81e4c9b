import { useEffect, useRef, useState } from "preact/hooks";
import { isReadAnyhow } from "../platforms";
import { SHOWN } from "../reading/findings";
import { AxesPart, BalancePart, ChecklistPart, ClockPart, ExpectationsPart, FactsPart, PointsPart } from "./answer-parts";
import { LevelName } from "./level-name";
import { MistakesPart } from "./mistakes-part";
import { PlatformPart } from "./platform-part";
import { PlaybookPart } from "./playbook-part";
import { PreviewPart } from "./preview-part";
import { ReviewPart } from "./review-part";
import { Changes } from "./rewrites";
import { Sign } from "./sign";
import type { Actions, View } from "./view";
import { wordChanges } from "./word-changes";

/** As much as the companion takes. */
const LONGEST_NAME = 200;

interface Props {
  readonly view: View;
  readonly actions: Actions;
}

/** The side panel: the complaint as read, and what was found in the reply. */
export function Panel({ view, actions }: Props) {
  const { say } = view.speak;
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);
  return (
    <aside
      class="panel"
      ref={panel}
      tabIndex={-1}
      aria-label={say("panel.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // What was opened last closes first, also when the focus has not reached the card yet.
        if (view.card) actions.closeCard();
        else actions.closePanel();
      }}
    >
      <header>
        <h1>{say("panel.title")}</h1>
        <button type="button" class="plain" aria-label={say("panel.close")} onClick={actions.closePanel}>
          <Sign name="close" />
        </button>
      </header>
      <Status view={view} actions={actions} />
      <ComplaintPart view={view} actions={actions} />
      <FactsPart view={view} />
      <ExpectationsPart view={view} />
      <PointsPart view={view} actions={actions} />
      <FindingsPart view={view} actions={actions} />
      <PlatformPart view={view} />
      <MistakesPart view={view} actions={actions} />
      <ChecklistPart view={view} />
      <AxesPart view={view} />
      <BalancePart view={view} />
      <ClockPart view={view} />
      <ReviewPart view={view} actions={actions} />
      <SuggestionPart view={view} actions={actions} />
      <PlaybookPart view={view} actions={actions} />
      <PreviewPart view={view} />
      <footer>
        {view.known.language && <span>{say("panel.language", { language: say(`languages.${view.known.language}`) })}</span>}
        <button type="button" class="link" onClick={actions.openOptions}>
          {say("panel.options")}
        </button>
      </footer>
    </aside>
  );
}

/** One sentence when something stands in the way, and what to do about it. */
function Status({ view: { known, speak }, actions }: Props) {
  const { say } = speak;
  const words = {
    idle: null,
    reading: null,
    ready: null,
    "too-long": say("states.too_long"),
    away: say("states.away"),
    unpaired: say("states.unpaired"),
    outdated: say("states.outdated"),
    failed: say("states.failed", { reason: known.reason }),
    retired: say("badge.retired_long"),
  }[known.state];
  if (words === null) return null;
  return (
    <p class="status">
      {words}{" "}
      {known.state === "unpaired" && (
        <button type="button" class="link" onClick={actions.openOptions}>
          {say("popup.pair")}
        </button>
      )}
    </p>
  );
}

/** A whole reply to start from; it takes the place of the draft only when the writer says so. */
function SuggestionPart({ view: { suggestion, known, speak }, actions }: Props) {
  const { say } = speak;
  if (!known.answer) return null;
  return (
    <section>
      <h2>{say("panel.suggestion")}</h2>
      {!suggestion?.text && (
        <div class="row">
          <button type="button" onClick={actions.suggest}>
            {say("panel.suggestion_ask")}
          </button>
        </div>
      )}
      {suggestion?.text && (
        <>
          <p class="suggestion">
            <Changes changes={wordChanges(known.text, suggestion.text)} />
          </p>
          <div class="row">
            <button type="button" class="main" onClick={actions.takeSuggestion}>
              {say("panel.suggestion_take")}
            </button>
            <button type="button" onClick={actions.suggest}>
              {say("panel.suggestion_again")}
            </button>
          </div>
        </>
      )}
      {suggestion?.note && <p class="small">{suggestion.note}</p>}
    </section>
  );
}

function ComplaintPart({ view, actions }: Props) {
  const { say } = view.speak;
  const { complaint } = view.known;
  return (
    <section>
      <h2>{say("panel.complaint")}</h2>
      <Edited
        class="complaint"
        label={say("panel.complaint")}
        value={complaint?.text ?? ""}
        placeholder={say("panel.complaint_none")}
        isLong
        onDone={actions.changeComplaint}
      />
      {complaint && (
        <div class="author">
          <span aria-hidden="true">{say("panel.author")}</span>
          <Edited
            label={say("panel.author")}
            value={complaint.author ?? ""}
            placeholder={say("panel.author_none")}
            onDone={actions.changeAuthor}
          />
        </div>
      )}
      {complaint && (
        <label class="choice-line">
          <input
            type="checkbox"
            checked={view.known.isUnjustified}
            onChange={(event) => actions.judgeComplaint(event.currentTarget.checked)}
          />
          {say("panel.unjustified")}
        </label>
      )}
      {complaint && <p class="small">{say(`panel.complaint_from_${complaint.source}`)}</p>}
      {isReadAnyhow(view.site.platform) && complaint?.source === "page" && <p class="small">{say("panel.generic")}</p>}
      <div class="row">
        <button type="button" onClick={actions.useSelection}>
          {say("panel.use_selection")}
        </button>
        {complaint?.source !== "page" && (
          <button type="button" onClick={actions.readComplaintFromPage}>
            {say("panel.from_page")}
          </button>
        )}
      </div>
    </section>
  );
}

interface EditedProps {
  readonly class?: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly isLong?: boolean;
  onDone(value: string): void;
}

/** Text of the page that the user may correct; taken over when the field is left. */
function Edited({ class: className, label, value, placeholder, isLong, onDone }: EditedProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shared = {
    class: className,
    "aria-label": label,
    value: typed ?? value,
    placeholder,
    maxLength: isLong ? undefined : LONGEST_NAME,
    onInput: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
    onBlur: () => {
      if (typed !== null && typed !== value) onDone(typed);
      setTyped(null);
    },
  };
  return isLong ? <textarea rows={4} {...shared} /> : <input type="text" {...shared} />;
}

function FindingsPart({ view, actions }: Props) {
  const { say, count } = view.speak;
  const { findings, kept, state, readText } = view.known;
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? findings : findings.slice(0, SHOWN);
  const hidden = findings.length - shown.length;
  const isQuiet = findings.length === 0 && (state === "idle" || state === "ready");
  return (
    <section>
      <h2>{say("panel.findings")}</h2>
      {isQuiet && <p>{say(readText === null ? "panel.findings_wait" : "panel.findings_none")}</p>}
      <ul class="findings">
        {shown.map((finding) => (
          <li key={finding.key}>
            <button type="button" class="finding" onClick={() => actions.openCard(finding, true)}>
              <LevelName level={finding.warning.level} speak={view.speak} />
              <strong>{finding.warning.title}</strong>
              <q>{finding.warning.text}</q>
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        {hidden > 0 && (
          <button type="button" onClick={() => setShowsAll(true)}>
            {count("panel.more", hidden)}
          </button>
        )}
        {kept > 0 && (
          <span class="small">
            {count("panel.kept", kept)}{" "}
            <button type="button" class="link" onClick={actions.bringBack}>
              {say("panel.bring_back")}
            </button>
          </span>
        )}
      </div>
    </section>
  );
}
