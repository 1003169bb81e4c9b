import { useEffect, useState } from "preact/hooks";
import { longDate } from "../moments";
import { loadPhrases, type Phrase, watchPhrases } from "../phrases";
import { ask } from "../protocol";
import { checkName, type Speaker } from "../texts";

/** The user's own phrases, kept in step with what is marked in other tabs. */
export function usePhrases(): readonly Phrase[] {
  const [phrases, setPhrases] = useState<readonly Phrase[]>([]);
  useEffect(() => {
    const watching = new AbortController();
    watchPhrases(setPhrases, watching.signal);
    void loadPhrases().then(setPhrases);
    return () => watching.abort();
  }, []);
  return phrases;
}

/** Words that the user called their own, each with the check that is silent about them. */
export function Phrases({ speak }: { readonly speak: Speaker }) {
  const { say } = speak;
  const phrases = usePhrases();
  const [isSure, setIsSure] = useState(false);
  const clear = () => {
    if (isSure) void ask("forget-phrases", null);
    setIsSure(!isSure);
  };
  return (
    <section class="phrases">
      <h2>{say("phrases.list")}</h2>
      <p class="small">{say("phrases.list_long")}</p>
      {phrases.length === 0 ? (
        <p>{say("phrases.list_none")}</p>
      ) : (
        <>
          <table>
            <thead>
              <tr>
                <th scope="col">{say("phrases.list_words")}</th>
                <th scope="col">{say("phrases.list_check")}</th>
                <th scope="col">{say("phrases.list_since")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {phrases.map(({ check, words, since }) => (
                <tr key={`${check} ${words}`}>
                  <td dir="auto">{words}</td>
                  <td>{checkName(speak, check)}</td>
                  <td>{longDate(new Date(since), speak.locale)}</td>
                  <td>
                    <button
                      type="button"
                      class="link"
                      aria-label={say("phrases.remove_what", { words })}
                      onClick={() => void ask("forget-phrases", { check, words })}
                    >
                      {say("phrases.remove")}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <button type="button" class="link" onClick={clear}>
            {say(isSure ? "phrases.clear_sure" : "phrases.clear")}
          </button>
        </>
      )}
    </section>
  );
}
