import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { CompanionClient } from "../companion/client";
import { storedToken } from "../companion/token";
import { addJudgement } from "../judgements";
import { loadSettings } from "../settings";
import { answerQuestions } from "../worker/answers";
import { offerMenus } from "../worker/menus";
import { readHere, setAlways } from "../worker/sites";

export default defineBackground(() => {
  const companion = new CompanionClient(async () => (await loadSettings()).port, storedToken);
  answerQuestions({
    analyse: (request) => companion.analyse(request),
    suggest: (request) => companion.suggest(request),
    proofread: (request) => companion.proofread(request),
    playbook: () => companion.playbook(),
    health: () => companion.health(),
    pair: (code) => companion.pair(code, import.meta.env.FIREFOX ? "Firefox" : "Chrome"),
    unpair: () => companion.unpair().then(() => null),
    judge: (judgement) => addJudgement(judgement).then(() => null),
    "open-options": () => browser.runtime.openOptionsPage().then(() => null),
    "read-here": async ({ tab }) => ({ done: await readHere(tab, { call: "read-here" }) }),
    "always-read": ({ site, on }) => setAlways(site, on).then(() => null),
  });
  offerMenus();
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === "open-panel" && tab?.id) void readHere(tab.id, { call: "open-panel" });
  });
});
