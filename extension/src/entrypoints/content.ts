import { browser } from "wxt/browser";
import { defineContentScript } from "wxt/utils/define-content-script";
import "../overlay/marks.css";
import { Meelezer } from "../meelezer";
import { platformMatches } from "../platforms";
import type { Call } from "../protocol";

declare global {
  /** Set in our own world on the page; a second injection finds the first one there. */
  var meelezer: Meelezer | undefined;
}

export default defineContentScript({
  matches: platformMatches,
  // Google answers reviews in a frame.
  allFrames: true,
  runAt: "document_start",
  main(context) {
    if (globalThis.meelezer) return;
    const meelezer = new Meelezer(context.signal);
    globalThis.meelezer = meelezer;
    meelezer.start();
    browser.runtime.onMessage.addListener((call: Call, sender) => {
      if (sender.id === browser.runtime.id) meelezer.hear(call);
    });
  },
});
