import { isOnAtFirst, named, platforms } from "../platforms";
import { ask } from "../protocol";
import { companionAddress, type Settings } from "../settings";
import { LOCALES, type Locale, type TextKey } from "../texts";
import { Checks } from "./checks";
import { CompanionPlace } from "./companion-place";
import { useHealth } from "./companion-state";
import { Choice, Text } from "./fields";
import { Judgements } from "./judgements";
import type { Shared } from "./open-page";
import { Phrases } from "./phrases";
import { Switch } from "./popup";
import { SpellingOptions } from "./spelling";

const HOLDS = {
  playbook: "options.holds_playbook",
  nothing: "options.holds_nothing",
  hold: "options.holds_hold",
  warn: "options.holds_warn",
} as const satisfies Record<Settings["holds"], TextKey>;

const KNOWN = platforms.filter((platform) => isOnAtFirst(platform));

/** Everything that the user can set. */
export function Options(shared: Shared) {
  const { settings, speak, change } = shared;
  const { say } = speak;
  const [health, look] = useHealth(companionAddress(settings));
  return (
    <main>
      <h1>{say("options.title")}</h1>
      <CompanionPlace {...shared} health={health} onChange={look} />
      <section>
        <h2>{say("options.writer")}</h2>
        <p class="small">{say("options.writer_long")}</p>
        <Text
          label={say("options.writer_name")}
          value={settings.writer.name}
          onDone={(name) => change({ writer: { ...settings.writer, name } })}
        />
        <Text
          label={say("options.writer_role")}
          value={settings.writer.role}
          onDone={(role) => change({ writer: { ...settings.writer, role } })}
        />
      </section>
      <section>
        <h2>{say("options.language")}</h2>
        <p class="small">{say("options.language_long")}</p>
        <Choice
          name="locale"
          label={say("options.language")}
          value={settings.locale}
          choices={LOCALES.map((locale): [Locale, string] => [locale, say(`languages.${locale}`)])}
          onChoose={(locale) => change({ locale })}
        />
      </section>
      <section>
        <h2>{say("options.holds")}</h2>
        <p class="small">{say("options.holds_long")}</p>
        <Choice
          name="holds"
          label={say("options.holds")}
          value={settings.holds}
          choices={(Object.keys(HOLDS) as Settings["holds"][]).map((one) => [one, say(HOLDS[one])])}
          onChoose={(holds) => change({ holds })}
        />
      </section>
      <Sites {...shared} />
      <SpellingOptions {...shared} />
      <Checks {...shared} />
      <Phrases speak={speak} />
      <Judgements speak={speak} />
      {settings.server === null && (
        <section>
          <h2>{say("options.address")}</h2>
          <p class="small">{say("options.address_long")}</p>
          <Text
            label={say("options.port")}
            value={String(settings.port)}
            pattern="[0-9]{1,5}"
            onDone={(port) => Number(port) > 0 && Number(port) < 65_536 && change({ port: Number(port) })}
          />
        </section>
      )}
    </main>
  );
}

function Sites({ settings, speak: { say, locale }, change }: Shared) {
  const others = Object.keys(settings.sites).filter((id) => !KNOWN.some((platform) => platform.id === id));
  const setKnown = (id: string, on: boolean) => change({ sites: { ...settings.sites, [id]: on } });
  const forget = async (site: string) => {
    await ask("always-read", { site, on: false });
    const { [site]: _, ...sites } = settings.sites;
    change({ sites });
  };
  return (
    <section>
      <h2>{say("options.sites")}</h2>
      <p class="small">{say("options.sites_long")}</p>
      {KNOWN.map(({ id, name }) => (
        <Switch
          key={id}
          label={say("options.sites_on", { site: named(name, locale) })}
          isOn={settings.sites[id] ?? true}
          onSwitch={(on) => setKnown(id, on)}
        />
      ))}
      {others.map((host) => (
        <div class="row" key={host}>
          <Switch
            label={say("options.sites_on", { site: host })}
            isOn={settings.sites[host] ?? false}
            onSwitch={(on) => void ask("always-read", { site: host, on })}
          />
          <button type="button" class="link" onClick={() => void forget(host)}>
            {say("options.sites_forget")}
          </button>
        </div>
      ))}
    </section>
  );
}
