import type { components } from "../generated/api";

type Schemas = components["schemas"];
export type AnalysisRequest = Schemas["AnalysisIn"];
export type Analysis = Schemas["AnalysisOut"];
export type Warning = Schemas["AnalysisOut.WarningOut"];
export type Suggestion = Schemas["SuggestionOut"];
export type ProofreadingRequest = Schemas["ProofreadingIn"];
export type Proofreading = Schemas["ProofreadingOut"];
export type Match = Proofreading["matches"][number];
export type Playbook = Schemas["Playbook"];
export type ReviewRequest = Schemas["ReviewIn"];
export type Review = Schemas["ReviewOut"];
export type VersionRequest = Schemas["VersionIn"];
export type PlacementRequest = Schemas["PlacementIn"];
export type Level = Warning["level"];
export type Health = Schemas["HealthOut"];

/** The longest text that the companion takes. */
export const LONGEST = 20_000;
export const API_VERSION = 1;

/** What can stand between a question and its answer. Whoever shows it must handle each. */
export type Trouble =
  | { readonly state: "away" }
  | { readonly state: "unpaired" }
  | { readonly state: "outdated" }
  /** passing: nothing is wrong with what was asked; later it may go well. */
  | { readonly state: "failed"; readonly reason: string; readonly passing?: true };

export type Answer<Content> = { readonly state: "ready"; readonly content: Content } | Trouble;

export type Pairing =
  | { readonly state: "paired" }
  | { readonly state: "wrong-code" }
  | { readonly state: "too-often" }
  | Extract<Trouble, { state: "away" | "failed" }>;

/** What became of connecting to a team's server. stranger: something answers there, but no Meelezer. */
export type Joining =
  | { readonly state: "joined" }
  | { readonly state: "stranger" }
  | { readonly state: "refused" }
  | Extract<Trouble, { state: "away" | "outdated" | "failed" }>;
