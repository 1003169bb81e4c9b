import { type Analysis, type AnalysisRequest, type Answer, LONGEST, type ReviewRequest, type Trouble } from "../companion/contract";
import type { Complaint } from "../conversation/complaint";
import { isOurs, type Phrase } from "../phrases";
import type { Settings } from "../settings";
import { asWished, type Finding, findingsOf, followEdit, isLack, Kept } from "./findings";
import { Schedule } from "./schedule";

/** What is known of a draft at this moment. */
export interface Known {
  readonly text: string;
  readonly complaint: Complaint | null;
  /** idle: nothing to read. reading: an answer is on its way. retired: this content script outlived its extension. */
  readonly state: "idle" | "reading" | "ready" | "too-long" | "retired" | Trouble["state"];
  readonly reason: string;
  /** The text that the findings were made for; they may have moved since. */
  readonly readText: string | null;
  readonly findings: readonly Finding[];
  /** What the draft lacks so far: shown once the user stops typing, opens the panel or is about to post. */
  readonly lacks: readonly Finding[];
  readonly kept: number;
  readonly language: Analysis["language"] | null;
  /** The last answer, and the complaint it was about; its places in the draft may be old, those in the complaint are not. */
  readonly answer: { readonly analysis: Analysis; readonly complaint: string } | null;
  /** The writer's own judgement: the complaint is a mistake of the customer's. */
  readonly isUnjustified: boolean;
  /** Where the points begin that the writer says are true. */
  readonly truePoints: readonly number[];
}

interface Reader {
  readonly platform: string;
  /** Id of the site, under which checks may be silenced. */
  readonly site: string;
  settings(): Settings;
  /** The words that the user calls their own. */
  phrases(): readonly Phrase[];
  ask(request: AnalysisRequest): Promise<Answer<Analysis> | { readonly state: "retired" }>;
}

const NOTHING = { state: "idle", reason: "", readText: null, findings: [], lacks: [], kept: 0, language: null, answer: null } as const;

/** Somebody who has not typed for this long has come to the end, or is looking for words. */
export const RESTS_AFTER = 3000;

/** Reads along with one draft: asks when it changed, and keeps what was found in step with the text. */
export class Reading {
  private known: Known;
  private all: readonly Finding[] = [];
  private readonly kept = new Kept();
  private isResting = false;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly schedule: Schedule<AnalysisRequest, Awaited<ReturnType<Reader["ask"]>>>;

  constructor(
    private readonly reader: Reader,
    private readonly onChange: (known: Known) => void,
    complaint: Complaint | null,
  ) {
    this.known = { ...NOTHING, text: "", complaint, isUnjustified: false, truePoints: [] };
    this.schedule = new Schedule(
      (request) => reader.ask(request),
      (request, answer) => this.take(request, answer),
    );
  }

  get now(): Known {
    return this.known;
  }

  /** Take in the text as it stands; at once when a whole text came in or a sentence ended. */
  read(text: string, isUrgent = false): void {
    const { text: before } = this.known;
    if (text === before) return;
    this.all = followEdit(this.all, before, text);
    this.isResting = false;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.rest(), RESTS_AFTER);
    this.show({ text });
    this.askAgain(isUrgent || endsSentence(before, text));
  }

  answerTo(complaint: Complaint | null): void {
    // Other words, other points.
    const truePoints = complaint?.text === this.known.complaint?.text ? this.known.truePoints : [];
    this.show({ complaint, truePoints });
    this.askAgain(true);
  }

  /** The writer says whether the complaint is a mistake; the companion never does. */
  judgeComplaint(isUnjustified: boolean): void {
    this.show({ isUnjustified });
    this.askAgain(true);
  }

  /** The writer says whether a point of the complaint is true. */
  judgePoint(start: number, isTrue: boolean): void {
    const others = this.known.truePoints.filter((other) => other !== start);
    this.show({ truePoints: isTrue ? [...others, start] : others });
    this.askAgain(true);
  }

  /** The settings changed, the companion may be back, or a post is about to go. */
  askAgain(isUrgent: boolean): void {
    const { text, complaint } = this.known;
    if (text.trim() === "") {
      this.schedule.stop();
      this.all = [];
      this.show({ ...NOTHING });
      // What the customer expects is worth knowing before the first word.
      if (complaint) this.schedule.later({ ...this.request(text, complaint), draft: null });
    } else if (text.length > LONGEST) {
      this.schedule.stop();
      this.all = [];
      this.show({ state: "too-long", readText: null });
    } else {
      if (this.known.state !== "retired") this.show({ state: "reading" });
      const request = this.request(text, complaint);
      if (isUrgent) this.schedule.now(request);
      else this.schedule.later(request);
    }
  }

  /** Something will be posted soon: the pointer is at the button. */
  hurry(): void {
    this.schedule.flush();
    this.rest();
  }

  /** The draft is to be looked at as a whole: what it lacks is news now. */
  rest(): void {
    clearTimeout(this.restTimer);
    if (this.isResting) return;
    this.isResting = true;
    if (this.known.lacks.length > 0) this.show({});
  }

  keep(finding: Finding): void {
    this.kept.keep(finding, this.known.text);
    this.show({});
  }

  /** The user changed what they want to hear. */
  hearAnew(): void {
    this.show({});
  }

  bringBack(): void {
    this.kept.clear();
    this.show({});
  }

  /** The conversation as it stands, to ask something else about. */
  get conversation(): AnalysisRequest {
    const request = this.request(this.known.text, this.known.complaint);
    return this.known.text.trim() === "" ? { ...request, draft: null } : request;
  }

  /** The conversation as a colleague gets it, with the page on which the reply will stand. */
  forColleague(page: string): Omit<ReviewRequest, "key"> {
    const { complaint, draft, writer, platform, channel, justified } = this.request(this.known.text, this.known.complaint);
    const name = writer?.name ?? "";
    return {
      complaint: complaint ?? null,
      draft: draft ?? { text: "" },
      writer: { name, role: writer?.role ?? null },
      platform: platform ?? null,
      page: /^https?:/.test(page) ? page : null,
      channel,
      justified: justified ?? null,
      language: this.known.language,
    };
  }

  stop(): void {
    clearTimeout(this.restTimer);
    this.schedule.stop();
  }

  private request(text: string, complaint: Complaint | null): AnalysisRequest {
    const { writer, locale } = this.reader.settings();
    return {
      complaint: complaint && {
        text: complaint.text,
        author: complaint.author,
        posted_at: complaint.postedAt,
        rating: complaint.rating,
        true_points: this.truePlaces(complaint.text),
      },
      draft: { text },
      writer: { name: writer.name.trim() || null, role: writer.role.trim() || null },
      platform: this.reader.platform,
      channel: "public",
      justified: this.known.isUnjustified ? false : null,
      language: null,
      locale,
    };
  }

  private truePlaces(complaint: string): { start: number; end: number }[] {
    const { answer, truePoints } = this.known;
    if (answer?.complaint !== complaint) return [];
    const points = answer.analysis.complaint?.points ?? [];
    return points.filter(({ start }) => truePoints.includes(start)).map(({ start, end }) => ({ start, end }));
  }

  private take(request: AnalysisRequest, answer: Awaited<ReturnType<Reader["ask"]>>): void {
    const readText = request.draft?.text ?? "";
    if (this.known.text.trim() === "") {
      if (answer.state === "ready") this.show({ answer: answerOf(request, answer.content) });
      return;
    }
    if (answer.state !== "ready") {
      this.all = [];
      this.show({ state: answer.state, reason: answer.state === "failed" ? answer.reason : "", readText: null });
      return;
    }
    const isCurrent = readText === this.known.text;
    this.all = followEdit(findingsOf(answer.content), readText, this.known.text);
    this.show({
      state: isCurrent ? "ready" : "reading",
      reason: "",
      readText,
      language: answer.content.language,
      answer: answerOf(request, answer.content),
    });
  }

  private show(change: Partial<Known>): void {
    const known = { ...this.known, ...change };
    const phrases = this.reader.phrases();
    const heard = asWished(this.all, this.reader.settings(), this.reader.site);
    const wished = heard.filter((finding) => !isOurs(finding, known.text, phrases));
    const open = wished.filter((finding) => !this.kept.has(finding, known.text));
    const lacks = this.isResting ? [] : open.filter(isLack);
    const findings = open.filter((finding) => !lacks.includes(finding));
    this.known = { ...known, findings, lacks, kept: wished.length - open.length };
    this.onChange(this.known);
  }
}

function answerOf(request: AnalysisRequest, analysis: Analysis): Known["answer"] {
  return { analysis, complaint: request.complaint?.text ?? "" };
}

/** A full stop or a new line at the end of what was typed: a good moment to look. */
function endsSentence(before: string, after: string): boolean {
  return after.length > before.length && /[.!?\n]\s?$/.test(after);
}
