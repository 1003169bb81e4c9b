import { useState } from "preact/hooks";
import { type Judgement, REASONS } from "../judgements";
import type { Speaker, TextKey } from "../texts";
import { FormFoot } from "./form-foot";

const NAMES = {
  fine: "card.reason_fine",
  words: "card.reason_words",
  other: "card.reason_other",
} as const satisfies Record<Judgement["reason"], TextKey>;

interface Props {
  readonly speak: Speaker;
  /** Names of the check and the site, as the user knows them. */
  readonly check: string;
  readonly site: string;
  /** False: what holds is looked at each time anew. */
  readonly maySilence: boolean;
  onSend(reason: Judgement["reason"], note: string, silences: boolean): void;
  onCancel(): void;
}

/** Asks what is not right, as Wikipedia's tone check does: a reason makes waving away a thought. */
export function ReasonForm({ speak, check, site, maySilence, onSend, onCancel }: Props) {
  const { say } = speak;
  const [reason, setReason] = useState<Judgement["reason"]>("fine");
  const [note, setNote] = useState("");
  const [silences, setSilences] = useState(false);
  return (
    <form
      class="reason"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(reason, note.trim(), silences);
      }}
    >
      <fieldset>
        <legend>{say("card.reason_title")}</legend>
        {REASONS.map((one) => (
          <label key={one}>
            <input type="radio" name="reason" value={one} checked={reason === one} onChange={() => setReason(one)} /> {say(NAMES[one])}
          </label>
        ))}
      </fieldset>
      <label class="stacked">
        {say("card.reason_note")}
        <input type="text" maxLength={300} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </label>
      {maySilence && (
        <label class="choice-line">
          <input type="checkbox" checked={silences} onChange={(event) => setSilences(event.currentTarget.checked)} />{" "}
          {say("card.reason_silence", { check, site })}
        </label>
      )}
      <FormFoot speak={speak} onCancel={onCancel} />
    </form>
  );
}
