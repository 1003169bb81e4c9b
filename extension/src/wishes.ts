import type { Adding, Where } from "./adding";
import { findComplaint } from "./conversation/find-complaint";
import { chosenComplaint, type PageSelection } from "./conversation/page-selection";
import { maySilence } from "./holding";
import type { Judgement } from "./judgements";
import type { Actions } from "./overlay/view";
import { toldOf } from "./phrases";
import type { Finding } from "./reading/findings";
import type { Mistake } from "./reading/spelling";
import type { Rewriting } from "./rewriting";
import type { Session } from "./session";
import type { Suggesting } from "./suggesting";
import type { World } from "./world";

interface Parts {
  readonly suggesting: Suggesting;
  readonly rewriting: Rewriting;
  readonly adding: Adding;
}

/** What the user can do in the overlay of one draft. */
export class Wishes implements Actions {
  constructor(
    private readonly session: Session,
    private readonly parts: Parts,
    private readonly world: World,
    private readonly selection: PageSelection,
  ) {}

  openPanel = (): void => this.session.openPanel();

  closePanel = (): void => this.session.closePanel();

  openCard = (finding: Finding, takesFocus: boolean): void => this.session.openCard(finding, takesFocus);

  closeCard = (): void => this.session.closeCard();

  closeHeld = (): void => this.session.closeHeld();

  openOptions = (): void => {
    this.world.openOptions();
  };

  accept = async (finding: Finding, rewrite: string): Promise<void> => {
    const outcome = await this.parts.rewriting.accept(finding, rewrite, this.session.reading.now.text, this.world.speak());
    if (outcome === null) return;
    if (outcome.isDone) this.session.news = outcome.news;
    this.session.card = outcome.isDone ? null : { finding, note: outcome.note, takesFocus: false };
    this.session.read(true);
    this.world.redraw();
  };

  acceptWord = (mistake: Mistake): void => {
    this.world.acceptWord(mistake.warning.text);
    this.session.news = this.world.speak().say("spelling.word_kept", { word: mistake.warning.text });
    this.session.closeCard();
  };

  switchOff = (mistake: Mistake): void => {
    this.world.switchOff(mistake.match.rule, mistake.warning.message);
    this.session.news = this.world.speak().say("spelling.rule_kept");
    this.session.closeCard();
  };

  keep = (finding: Finding): void => {
    this.session.reading.keep(finding);
    this.session.backToEditor();
  };

  judge = (finding: Finding, reason: Judgement["reason"], note: string, silences: boolean): void => {
    const { check, text: words, seen_by: seenBy } = finding.warning;
    const language = this.session.reading.now.language ?? "";
    this.world.judge({ check, reason, note, words, seenBy, language, site: this.session.site.id, at: new Date().toISOString() });
    this.session.news = this.world.speak().say("card.reason_kept");
    if (silences && maySilence(finding.warning)) this.world.silence(this.session.site, check);
    this.keep(finding);
  };

  keepPhrase = async (finding: Finding, words: string): Promise<void> => {
    // Before the words fall silent: with the card the focus would be gone too.
    this.session.closeCard();
    const outcome = await this.world.keepPhrase({ check: finding.warning.check, words });
    const note = toldOf(outcome, this.world.speak());
    const isAnotherOpen = this.session.card !== null && this.session.card.finding.key !== finding.key;
    const now = this.session.reading.now.findings.find(({ key }) => key === finding.key);
    if (outcome.state === "kept") this.session.news = note;
    else if (now && !isAnotherOpen) this.session.card = { finding: now, note, takesFocus: false };
    this.world.redraw();
  };

  suggest = (): Promise<void> => this.parts.suggesting.ask(this.session.reading.conversation);

  takeSuggestion = async (): Promise<void> => {
    const note = await this.parts.suggesting.take(this.parts.rewriting, this.session.editor.read());
    if (note === null) return;
    this.session.news = note;
    this.session.read(true);
    this.world.redraw();
  };

  add = async (text: string, where: Where): Promise<void> => {
    const outcome = await this.parts.adding.add(text, where, this.world.speak());
    if (outcome === null) return;
    this.session.news = outcome.isDone ? outcome.news : outcome.note;
    this.session.read(true);
    this.world.redraw();
  };

  askColleague = (): Promise<void> => this.session.reviewing.ask(this.session.reading.forColleague(this.session.conversing.page));

  askAgain = (): Promise<void> => this.session.reviewing.sendAgain(this.session.editor.read());

  takeReviewed = async (): Promise<void> => {
    const { review } = this.session.reviewing;
    if (!review) return;
    const words = this.session.editor.read();
    const outcome = await this.parts.rewriting.accept(
      { replaces: { start: 0, end: words.length } },
      review.draft,
      words,
      this.world.speak(),
    );
    if (outcome === null) return;
    this.session.news = outcome.isDone ? outcome.news : outcome.note;
    this.session.reviewing.say(outcome.isDone ? "" : outcome.note);
    this.session.read(true);
    this.world.redraw();
  };

  bringBack = (): void => {
    this.session.reading.bringBack();
  };

  stopReminding = (): void => {
    this.world.stopReminding();
    this.session.backToEditor();
  };

  changeComplaint = (text: string): void => {
    this.session.reading.answerTo(chosenComplaint(text, "writer", this.session.reading.now.complaint));
  };

  changeAuthor = (author: string): void => {
    const { complaint } = this.session.reading.now;
    if (complaint) this.session.reading.answerTo({ ...complaint, author: author.trim() || null, source: "writer" });
  };

  judgeComplaint = (isUnjustified: boolean): void => this.session.reading.judgeComplaint(isUnjustified);

  judgePoint = (start: number, isTrue: boolean): void => this.session.reading.judgePoint(start, isTrue);

  useSelection = (): void => this.useAsComplaint(this.selection.text);

  useAsComplaint = (text: string): void => {
    const chosen = chosenComplaint(text, "selection", this.session.reading.now.complaint);
    if (chosen) this.session.reading.answerTo(chosen);
    else this.session.news = this.world.speak().say("panel.select_first");
    this.world.redraw();
  };

  readComplaintFromPage = (): void => {
    this.session.reading.answerTo(findComplaint(this.session.editor.element, this.session.site.platform));
  };

  dragBadge = (by: { readonly x: number; readonly y: number }): void => {
    this.world.moveBadge(this.session.site, by);
  };
}
