import { useEffect, useState } from "preact/hooks";
import { browser } from "wxt/browser";
import { isOnAtFirst, named, type Site, siteOf } from "../platforms";
import { ask } from "../protocol";
import { companionAddress, isCompanionPage, isOn } from "../settings";
import { CompanionState, isPaired, useHealth } from "./companion-state";
import type { Shared } from "./open-page";

/** What stands behind the icon: is the companion there, and does it read along on this site. */
export function Popup({ settings, speak, change }: Shared) {
  const { say } = speak;
  const [health] = useHealth(companionAddress(settings));
  const tab = useActiveTab();
  const isOurs = tab?.url !== undefined && isCompanionPage(settings, tab.url);
  const site = tab?.url && !isOurs ? siteOf(tab.url) : null;
  const name = site ? named(site.label, speak.locale) : "";
  const openOptions = () => void browser.runtime.openOptionsPage();
  return (
    <main>
      <h1>{say("name.app")}</h1>
      <section>
        <h2>{say("popup.companion")}</h2>
        <CompanionState health={health} speak={speak} />
        {health.state === "ready" && !isPaired(health) && (
          <button type="button" class="main" onClick={openOptions}>
            {say("popup.pair")}
          </button>
        )}
      </section>
      {site && isOnAtFirst(site.platform) && (
        <section>
          <h2>{say("popup.site", { site: name })}</h2>
          <Switch
            label={say("popup.site_switch", { site: name })}
            isOn={isOn(settings, site)}
            onSwitch={(on) => change({ sites: { ...settings.sites, [site.id]: on } })}
          />
        </section>
      )}
      {site && !isOnAtFirst(site.platform) && tab?.id !== undefined && (
        <OtherSite site={site} tab={tab.id} isAlways={isOn(settings, site)} speak={speak} />
      )}
      {tab && !site && (
        <section>
          <p>{say(isOurs ? "popup.here_ours" : "popup.here_not")}</p>
        </section>
      )}
      <footer>
        <span class="small">{say("popup.shortcut")}</span>
        <button type="button" class="link" onClick={openOptions}>
          {say("popup.options")}
        </button>
      </footer>
    </main>
  );
}

interface OtherSiteProps extends Pick<Shared, "speak"> {
  readonly site: Site;
  readonly tab: number;
  readonly isAlways: boolean;
}

/** A site that Meelezer does not know: once here, or always, for which the browser asks permission. */
function OtherSite({ site, tab, isAlways, speak: { say, locale } }: OtherSiteProps) {
  const name = named(site.label, locale);
  const [news, setNews] = useState("");
  const readHere = async () => {
    const { done } = await ask("read-here", { tab });
    setNews(say(done ? "popup.here_done" : "popup.here_not"));
  };
  const setAlways = async (on: boolean) => {
    // Asked here and at once: the browser wants the user's own click for it.
    const origins = [`https://${site.id}/*`, `http://${site.id}/*`];
    if (on && !(await browser.permissions.request({ origins }))) return;
    await ask("always-read", { site: site.id, on });
    if (on) await readHere();
  };
  return (
    <section>
      <h2>{say("popup.site", { site: name })}</h2>
      <button type="button" onClick={() => void readHere()}>
        {say("popup.here")}
      </button>
      <p class="small">{say("popup.here_long")}</p>
      <Switch label={say("popup.always", { site: name })} isOn={isAlways} onSwitch={(on) => void setAlways(on)} />
      <p class="small">{say("popup.always_long")}</p>
      <p role="status">{news}</p>
    </section>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  onSwitch(on: boolean): void;
}

export function Switch({ label, isOn: on, onSwitch }: SwitchProps) {
  return (
    <label class="switch">
      <input type="checkbox" role="switch" aria-checked={on} checked={on} onChange={(event) => onSwitch(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** The page that the user was looking at, as far as the browser tells us. */
function useActiveTab() {
  const [tab, setTab] = useState<{ id?: number | undefined; url?: string | undefined } | null>(null);
  useEffect(() => {
    void browser.tabs.query({ active: true, lastFocusedWindow: true }).then(([active]) => setTab(active ?? null));
  }, []);
  return tab;
}
