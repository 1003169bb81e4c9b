import { browser } from "wxt/browser";
import type {
  Analysis,
  AnalysisRequest,
  Answer,
  Health,
  Joining,
  Pairing,
  Playbook,
  Proofreading,
  ProofreadingRequest,
  ReviewRequest,
  Suggestion,
} from "./companion/contract";
import type { Departed } from "./guard/departure";
import type { Judgement } from "./judgements";
import type { Keeping, Phrase } from "./phrases";
import type { Asked, Conversing } from "./reviewing";

/** What pages of the extension and content scripts ask the service worker, and what comes back. */
export interface Questions {
  analyse: { readonly ask: AnalysisRequest; readonly answer: Answer<Analysis> };
  suggest: { readonly ask: AnalysisRequest; readonly answer: Answer<Suggestion> };
  proofread: { readonly ask: ProofreadingRequest; readonly answer: Answer<Proofreading> };
  playbook: { readonly ask: null; readonly answer: Answer<Playbook> };
  "ask-colleague": { readonly ask: { readonly about: Conversing; readonly request: Omit<ReviewRequest, "key"> }; readonly answer: Asked };
  "look-at-review": { readonly ask: Conversing; readonly answer: Asked };
  "change-review": {
    readonly ask: { readonly about: Conversing; readonly text: string; readonly basedOn: number; readonly by: string };
    readonly answer: Asked;
  };
  "place-review": {
    readonly ask: { readonly about: Conversing; readonly departed: Departed; readonly by: string };
    readonly answer: Asked;
  };
  health: { readonly ask: null; readonly answer: Answer<Health & { readonly paired: boolean }> };
  pair: { readonly ask: string; readonly answer: Pairing };
  unpair: { readonly ask: null; readonly answer: null };
  /** Use a team's server from now on, or no longer. */
  join: { readonly ask: { readonly server: string; readonly token: string }; readonly answer: Joining };
  leave: { readonly ask: null; readonly answer: null };
  judge: { readonly ask: Judgement; readonly answer: null };
  "keep-phrase": { readonly ask: Pick<Phrase, "check" | "words">; readonly answer: Keeping };
  /** One phrase, or with null all of them. */
  "forget-phrases": { readonly ask: Pick<Phrase, "check" | "words"> | null; readonly answer: null };
  "open-options": { readonly ask: null; readonly answer: null };
  /** Read along in a tab where the user asked for it: once, or from now on. */
  "read-here": { readonly ask: { readonly tab: number }; readonly answer: { readonly done: boolean } };
  "always-read": { readonly ask: { readonly site: string; readonly on: boolean }; readonly answer: null };
}
export type QuestionName = keyof Questions;
export type Question = { [Name in QuestionName]: { readonly name: Name; readonly ask: Questions[Name]["ask"] } }[QuestionName];

/** What the service worker tells a page. */
export type Call =
  | { readonly call: "read-here" }
  | { readonly call: "open-panel" }
  | { readonly call: "use-selection"; readonly text: string };

/** Thrown when the extension was updated or removed under a running content script. */
export class Retired extends Error {}

export async function ask<Name extends QuestionName>(name: Name, question: Questions[Name]["ask"]): Promise<Questions[Name]["answer"]> {
  if (!browser.runtime?.id) throw new Retired();
  try {
    return await browser.runtime.sendMessage({ name, ask: question });
  } catch (error) {
    if (!browser.runtime?.id) throw new Retired();
    throw error;
  }
}
