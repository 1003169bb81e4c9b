import type { Answer, Match, Proofreading, ProofreadingRequest, Warning } from "../companion/contract";
import type { Settings } from "../settings";
import { overlaps } from "../spans";
import { type Finding, followEdit } from "./findings";

/** Half a word is no mistake: spelling waits longer than the tone for the writer to pause. */
export const SPELLING_PAUSE = 600;
/** LanguageTool takes a while to start; until then the same text is asked about again, this often. */
export const SPELLING_RETRY = 10_000;
/** After this many it is off, and asked again with the next change of the text. */
const MOST_RETRIES = 6;
/** As much as the companion takes (ProofreadingIn); what is more is left out here, in `among`. */
const MOST_WORDS = 5000;
const LONGEST_WORD = 100;

/** A mistake of spelling or grammar, where its words stand now. */
export interface Mistake extends Finding {
  readonly match: Match;
}

export function isMistake(finding: Finding): finding is Mistake {
  return "match" in finding;
}

interface Proofreader {
  /** Names this field, so that a newer text takes the place of one that still waits. */
  readonly editor: string;
  settings(): Settings;
  ask(request: ProofreadingRequest): Promise<Answer<Proofreading> | { readonly state: "retired" }>;
}

type Language = ProofreadingRequest["language"];

/** Reads spelling and grammar along with one draft. The tone never waits for it, and without it nothing is missing. */
export class Spelling {
  private all: readonly Mistake[] = [];
  private text = "";
  private language: Language | null = null;
  private asked = "";
  private retries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly proofreader: Proofreader,
    private readonly onChange: () => void,
  ) {}

  /** What is to be shown: without the user's own words and rules, and without what the tone already says of the same words. */
  among(findings: readonly Finding[]): readonly Mistake[] {
    const { proofreads, dictionary, rulesOff } = this.proofreader.settings();
    if (!proofreads) return [];
    const own = new Set(dictionary.map((word) => word.toLowerCase()));
    return this.all.filter(({ match, span, warning }) => {
      if (match.rule in rulesOff || (match.category === "spelling" && own.has(warning.text.toLowerCase()))) return false;
      const isRemark = match.severity === "hint" || match.category === "style";
      return !(isRemark && findings.some((finding) => overlaps(finding.span, span)));
    });
  }

  /** Take in the text as it stands, in the language it was read as; null as long as that is not known. */
  read(text: string, language: Language | null): void {
    if (text === this.text && language === this.language) return;
    this.all = followEdit(this.all, this.text, text) as readonly Mistake[];
    this.text = text;
    this.language = language;
    this.retries = 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), SPELLING_PAUSE);
  }

  /** Another field is being written in. What is known stays; the next `read` asks anew. */
  stop(): void {
    clearTimeout(this.timer);
    this.asked = "";
    this.language = null;
  }

  private async ask(): Promise<void> {
    const { text, language } = this;
    const { proofreads, dictionary, rulesOff } = this.proofreader.settings();
    if (!proofreads || !language || text.trim() === "" || this.asked === `${language} ${text}`) return;
    this.asked = `${language} ${text}`;
    const answer = await this.proofreader.ask({
      text,
      language,
      editor: this.proofreader.editor,
      dictionary: dictionary.filter((word) => word.length <= LONGEST_WORD).slice(-MOST_WORDS),
      switched_off: Object.keys(rulesOff),
    });
    if (answer.state === "ready") {
      this.all = followEdit(answer.content.matches.map(asMistake(text)), text, this.text) as readonly Mistake[];
      this.onChange();
    } else if (this.asked === `${language} ${text}` && answer.state !== "retired") {
      this.asked = "";
      clearTimeout(this.timer);
      if (this.retries++ < MOST_RETRIES) this.timer = setTimeout(() => void this.ask(), SPELLING_RETRY);
    }
  }
}

/** A match in the clothes of a finding, so that it is marked, followed and replaced like one. */
function asMistake(text: string): (match: Match) => Mistake {
  return (match) => {
    const span = { start: match.start, end: match.end };
    const warning: Warning = {
      check: match.rule,
      level: "hint",
      start: match.start,
      end: match.end,
      text: text.slice(match.start, match.end),
      title: match.short_message,
      message: match.message,
      why: null,
      rewrites: match.replacements,
      replaces: span,
      seen_by: "pattern",
      confidence: 1,
    };
    return { match, warning, span, replaces: span, key: `${match.rule} ${match.start} ${match.end}` };
  };
}
