import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { CompanionClient } from "../companion/client";
import { storedToken } from "../companion/token";
import { addJudgement } from "../judgements";
import { loadSettings } from "../settings";
import { answerQuestions } from "../worker/answers";
import { offerMenus } from "../worker/menus";
import { PhraseStore } from "../worker/phrase-store";
import { Reviews } from "../worker/reviews";
import { readHere, setAlways } from "../worker/sites";
import { Team } from "../worker/team";

export default defineBackground(() => {
  const companion = new CompanionClient(loadSettings, storedToken);
  const reviews = new Reviews(companion, async () => (await loadSettings()).server);
  const team = new Team(companion, reviews);
  const phrases = new PhraseStore();
  answerQuestions({
    analyse: async (request) => {
      const answer = await companion.analyse(request);
      if (answer.state === "ready") void reviews.flush();
      return answer;
    },
    suggest: (request) => companion.suggest(request),
    proofread: (request) => companion.proofread(request),
    playbook: () => companion.playbook(),
    "ask-colleague": ({ about, request }) => reviews.ask(about, request),
    "look-at-review": (about) => reviews.look(about),
    "change-review": ({ about, text, basedOn, by }) => reviews.change(about, text, basedOn, by),
    "place-review": ({ about, departed, by }) => reviews.place(about, departed, by),
    health: () => companion.health(),
    pair: (code) => companion.pair(code, import.meta.env.FIREFOX ? "Firefox" : "Chrome"),
    unpair: () => companion.unpair().then(() => null),
    join: ({ server, token }) => team.join(server, token),
    leave: () => team.leave().then(() => null),
    judge: (judgement) => addJudgement(judgement).then(() => null),
    "keep-phrase": (phrase) => phrases.keep(phrase),
    "forget-phrases": (which) => phrases.forget(which).then(() => null),
    "open-options": () => browser.runtime.openOptionsPage().then(() => null),
    "read-here": async ({ tab }) => ({ done: await readHere(tab, { call: "read-here" }) }),
    "always-read": ({ site, on }) => setAlways(site, on).then(() => null),
  });
  offerMenus();
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === "open-panel" && tab?.id) void readHere(tab.id, { call: "open-panel" });
  });
});
