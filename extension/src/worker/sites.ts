import { browser } from "wxt/browser";
import type { Call } from "../protocol";
import { changeSettings } from "../settings";

const SCRIPT = "content-scripts/content.js";
const STYLE = "content-scripts/content.css";

/** Read along in a tab that the user pointed at; false where the browser lets no extension in. */
export async function readHere(tab: number, call: Call): Promise<boolean> {
  const target = { tabId: tab, allFrames: true };
  try {
    await browser.scripting.insertCSS({ target, files: [`/${STYLE}`] });
    await browser.scripting.executeScript({ target, files: [`/${SCRIPT}`] });
    await browser.tabs.sendMessage(tab, call);
    return true;
  } catch {
    return false;
  }
}

/** Read along on a host from now on, or no longer. The permission was asked by the page that the user clicked in. */
export async function setAlways(host: string, on: boolean): Promise<void> {
  const id = `site-${host}`;
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  if (on && !registered) {
    const matches = [`https://${host}/*`, `http://${host}/*`];
    // Editors like TinyMCE write themselves into a frame without an address of its own.
    await browser.scripting.registerContentScripts([
      { id, matches, js: [SCRIPT], css: [STYLE], runAt: "document_start", allFrames: true, matchOriginAsFallback: true },
    ]);
  } else if (!on && registered) {
    await browser.scripting.unregisterContentScripts({ ids: [id] });
  }
  await changeSettings(({ sites }) => ({ sites: { ...sites, [host]: on } }));
}
