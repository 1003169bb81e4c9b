import { browser } from "wxt/browser";
import { serverFrom } from "./companion/server";
import { isOnAtFirst, type Site } from "./platforms";
import { type Locale, localeFor } from "./texts";

/** What holds a post until a second press: nothing, only what must be confirmed, or a warning too. A hint never does. */
export type Holds = "nothing" | "hold" | "warn";

/** How a check speaks when not as its level says. One that holds can be a warning and no less, others a hint or off. */
export type Loudness = "warn" | "hint" | "off";

export interface Settings {
  readonly locale: Locale;
  readonly writer: { readonly name: string; readonly role: string };
  readonly holds: Holds | "playbook";
  /** By id of the site; what is not named is on for a known platform and off elsewhere. */
  readonly sites: Readonly<Record<string, boolean>>;
  /** The origin of the team's server; null where the companion is on this computer. */
  readonly server: string | null;
  /** Where it listens on this computer. */
  readonly port: number;
  /** Checks that this user wants softer, or not at all; every other one speaks as its level says. */
  readonly checks: Readonly<Record<string, Loudness>>;
  /** Checks that are silent on one site, by id of the site. */
  readonly silenced: Readonly<Record<string, readonly string[]>>;
  /** Whether spelling and grammar are read too. */
  readonly proofreads: boolean;
  /** Words that are right for this user. */
  readonly dictionary: readonly string[];
  /** Rules of LanguageTool that were switched off, with what they said, so that the user can tell them apart. */
  readonly rulesOff: Readonly<Record<string, string>>;
  /** Where the user dragged the badge to, by id of the site, from its own place. */
  readonly badges: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
}

/** Where the companion is. */
export type Whereabouts = Pick<Settings, "server" | "port">;

const KEY = "settings";

function defaults(): Settings {
  return {
    locale: localeFor(browser.i18n.getUILanguage()),
    writer: { name: "", role: "" },
    holds: "playbook",
    sites: {},
    server: null,
    port: 7463,
    checks: {},
    silenced: {},
    proofreads: true,
    dictionary: [],
    rulesOff: {},
    badges: {},
  };
}

export async function loadSettings(): Promise<Settings> {
  return complete((await browser.storage.local.get(KEY))[KEY]);
}

/** Change some settings; the others stay as they are. */
export async function changeSettings(change: (settings: Settings) => Partial<Settings>): Promise<Settings> {
  const settings = await loadSettings();
  const changed = { ...settings, ...change(settings) };
  await browser.storage.local.set({ [KEY]: changed });
  return changed;
}

export function watchSettings(onChange: (settings: Settings) => void, signal: AbortSignal): void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area === "local" && changes[KEY]) onChange(complete(changes[KEY].newValue));
  };
  browser.storage.onChanged.addListener(listener);
  signal.addEventListener("abort", () => browser.storage?.onChanged.removeListener(listener));
}

export function isOn(settings: Settings, site: Site): boolean {
  return settings.sites[site.id] ?? isOnAtFirst(site.platform);
}

/** Where the companion answers; nothing else knows its address. */
export function companionAddress({ server, port }: Whereabouts): string {
  return server ?? `http://127.0.0.1:${port}`;
}

/** Whether a page is the companion's own: there the draft is read already, and its fields are no replies. */
export function isCompanionPage(settings: Whereabouts, address: string): boolean {
  return URL.canParse(address) && new URL(address).origin === companionAddress(settings);
}

/** Settings of an older version, or damaged ones, keep what can be kept. */
function complete(stored: unknown): Settings {
  const settings: Settings = { ...defaults(), ...(stored && typeof stored === "object" ? stored : {}) };
  return { ...settings, server: typeof settings.server === "string" ? serverFrom(settings.server) : null };
}
