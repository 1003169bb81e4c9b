import { browser } from "wxt/browser";
import type { Question, QuestionName, Questions } from "../protocol";

type Answers = { readonly [Name in QuestionName]: (ask: Questions[Name]["ask"]) => Promise<Questions[Name]["answer"]> };

/** What only the extension's own pages may ask; a page that took over its content script gets no further than analyses. */
const ONLY_OURS: readonly QuestionName[] = ["pair", "unpair", "join", "leave", "forget-phrases", "read-here", "always-read"];

/** Answer the questions of content scripts and of the extension's pages. */
export function answerQuestions(answers: Answers): void {
  browser.runtime.onMessage.addListener((question: Question, sender, reply) => {
    if (sender.id !== browser.runtime.id || !(question?.name in answers)) return false;
    const isOurPage = sender.url?.startsWith(browser.runtime.getURL("/")) ?? false;
    if (ONLY_OURS.includes(question.name) && !isOurPage) return false;
    const answer = answers[question.name] as (ask: unknown) => Promise<unknown>;
    answer(question.ask).then(reply, () => reply({ state: "failed", reason: "" }));
    return true;
  });
}
