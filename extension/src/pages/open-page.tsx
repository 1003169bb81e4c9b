import { type ComponentChild, render } from "preact";
import { changeSettings, loadSettings, type Settings, watchSettings } from "../settings";
import { type Speaker, speaker } from "../texts";
import "./page.css";

/** What every page of the extension gets. */
export interface Shared {
  readonly settings: Settings;
  readonly speak: Speaker;
  change(part: Partial<Settings>): void;
}

/** Draw a page of the extension, and again whenever the settings change. */
export function openPage(page: (shared: Shared) => ComponentChild): void {
  const draw = (settings: Settings) => {
    const root = document.getElementById("app");
    document.documentElement.lang = settings.locale;
    if (root)
      render(
        page({ settings, speak: speaker(settings.locale, settings.server !== null), change: (part) => void changeSettings(() => part) }),
        root,
      );
  };
  watchSettings(draw, new AbortController().signal);
  void loadSettings().then(draw);
}
