import type { Shared } from "./open-page";
import { Switch } from "./popup";

/** Spelling and grammar: on or off, the user's own words, and the rules they switched off. */
export function SpellingOptions({ settings, speak: { say }, change }: Shared) {
  const { dictionary, rulesOff } = settings;
  const forget = (word: string) => change({ dictionary: dictionary.filter((one) => one !== word) });
  const switchOn = (rule: string) => {
    const { [rule]: _, ...others } = rulesOff;
    change({ rulesOff: others });
  };
  return (
    <section>
      <h2>{say("spelling.title")}</h2>
      <p class="small">{say("spelling.long")}</p>
      <Switch label={say("spelling.switch")} isOn={settings.proofreads} onSwitch={(on) => change({ proofreads: on })} />
      <h3>{`${say("spelling.dictionary")} (${dictionary.length})`}</h3>
      {dictionary.length === 0 && <p class="small">{say("spelling.dictionary_none")}</p>}
      <ul class="words">
        {dictionary.map((word) => (
          <li key={word} class="row">
            <span>{word}</span>
            <button type="button" class="link" aria-label={say("spelling.remove", { word })} onClick={() => forget(word)}>
              ✕
            </button>
          </li>
        ))}
      </ul>
      <h3>{`${say("spelling.rules")} (${Object.keys(rulesOff).length})`}</h3>
      {Object.keys(rulesOff).length === 0 && <p class="small">{say("spelling.rules_none")}</p>}
      <ul class="words">
        {Object.entries(rulesOff).map(([rule, message]) => (
          <li key={rule} class="row">
            <span>{message || rule}</span>
            <button type="button" class="link" onClick={() => switchOn(rule)}>
              {say("spelling.rule_on")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
