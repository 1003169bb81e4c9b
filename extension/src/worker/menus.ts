import { type Browser, browser } from "wxt/browser";
import { loadSettings, watchSettings } from "../settings";
import { speaker } from "../texts";
import { readHere } from "./sites";

/** "Check this text" in every field, "use selection as complaint" on every selection. */
export function offerMenus(): void {
  const make = async () => {
    const { locale, server } = await loadSettings();
    const { say } = speaker(locale, server !== null);
    await browser.contextMenus.removeAll();
    browser.contextMenus.create({ id: "check-text", title: say("menu.check_text"), contexts: ["editable"] });
    browser.contextMenus.create({ id: "use-complaint", title: say("menu.use_complaint"), contexts: ["selection"] });
  };
  browser.runtime.onInstalled.addListener(() => void make());
  watchSettings(() => void make(), new AbortController().signal);
  browser.contextMenus.onClicked.addListener((click, tab) => void choose(click, tab?.id));
}

async function choose(click: Browser.contextMenus.OnClickData, tab: number | undefined): Promise<void> {
  if (tab === undefined) return;
  if (click.menuItemId === "check-text") await readHere(tab, { call: "open-panel" });
  else await readHere(tab, { call: "use-selection", text: click.selectionText ?? "" });
}
