import { useEffect, useState } from "preact/hooks";
import { clearJudgements, countByCheck, type Judgement, loadJudgements } from "../judgements";
import type { Phrase } from "../phrases";
import { checkName, type Speaker } from "../texts";
import { usePhrases } from "./phrases";

/** What the user called "not right", counted per check; with their phrases it leaves the browser only as a file that they save. */
export function Judgements({ speak }: { readonly speak: Speaker }) {
  const { say } = speak;
  const [judgements, setJudgements] = useState<readonly Judgement[]>([]);
  const phrases = usePhrases();
  const [isSure, setIsSure] = useState(false);
  const load = () => void loadJudgements().then(setJudgements);
  useEffect(load, []);
  const clear = async () => {
    if (isSure) await clearJudgements();
    setIsSure(!isSure);
    load();
  };
  return (
    <section>
      <h2>{say("options.judgements")}</h2>
      <p class="small">{say("options.judgements_long")}</p>
      {judgements.length === 0 ? (
        <p>{say("options.judgements_none")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{say("options.judgements_check")}</th>
              <th scope="col">{say("options.judgements_count")}</th>
            </tr>
          </thead>
          <tbody>
            {countByCheck(judgements).map(([check, count]) => (
              <tr key={check}>
                <td>{checkName(speak, check)}</td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {judgements.length + phrases.length > 0 && (
        <div class="row">
          <button type="button" onClick={() => save(judgements, phrases)}>
            {say("options.judgements_export")}
          </button>
          {judgements.length > 0 && (
            <button type="button" class="link" onClick={() => void clear()}>
              {say(isSure ? "options.judgements_sure" : "options.judgements_clear")}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function save(judgements: readonly Judgement[], phrases: readonly Phrase[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ judgements, phrases }, null, 2)], { type: "application/json" }));
  link.download = "meelezer-not-right.json";
  link.click();
  URL.revokeObjectURL(link.href);
}
