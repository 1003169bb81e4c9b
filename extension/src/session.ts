import { Adding } from "./adding";
import { findComplaint } from "./conversation/find-complaint";
import type { PageSelection } from "./conversation/page-selection";
import type { Editor } from "./editors/editor";
import { SAFETY_INTERVAL } from "./editors/editor";
import { Departure } from "./guard/departure";
import type { Guarded, Press } from "./guard/guard";
import { ARMED_AFTER, Hold, seriousFindings, type Verdict } from "./guard/hold";
import { findSubmit, isSubmit } from "./guard/submit";
import type { Box } from "./overlay/place";
import type { CardView, SuggestionView } from "./overlay/view";
import type { Site } from "./platforms";
import type { Finding } from "./reading/findings";
import { type Known, Reading } from "./reading/reading";
import { isMistake, type Mistake, Spelling } from "./reading/spelling";
import { Reviewing } from "./reviewing";
import { Rewriting } from "./rewriting";
import type { Holds } from "./settings";
import type { Span } from "./spans";
import { Suggesting } from "./suggesting";
import { Wishes } from "./wishes";
import type { World } from "./world";

/** What a press was held for. */
export interface Held {
  readonly press: Press;
}

const RETRY = 4_000;
const BUTTON_STAYS = 500;
const LOOK_EVERY = 5_000;

/** One draft being written: the editor, what is known of it, and what of the overlay is open. */
export class Session {
  card: Omit<CardView, "anchor"> | null = null;
  held: Held | null = null;
  isPanelOpen = false;
  news = "";
  readonly hold = new Hold();
  readonly reading: Reading;
  /** What the user can do in the overlay. */
  readonly wishes: Wishes;
  private readonly spelling: Spelling;
  private readonly suggesting: Suggesting;
  private readonly adding: Adding;
  readonly reviewing: Reviewing;
  private readonly departure: Departure;
  private use = new AbortController();
  private armTimer: ReturnType<typeof setTimeout> | undefined;
  private submit: { readonly button: HTMLElement | null; readonly seen: number } | null = null;

  constructor(
    readonly editor: Editor,
    readonly site: Site,
    private readonly world: World,
    selection: PageSelection,
  ) {
    const reader = { platform: site.platform.id, site: site.id, settings: world.settings, phrases: world.phrases, ask: world.analyse };
    const proofreader = { editor: crypto.randomUUID(), settings: world.settings, ask: world.proofread };
    this.suggesting = new Suggesting(world);
    const rewriting = new Rewriting(editor);
    this.adding = new Adding(editor, rewriting);
    this.reviewing = new Reviewing(world, () => this.conversing);
    this.departure = new Departure(editor);
    this.spelling = new Spelling(proofreader, () => this.world.redraw());
    this.reading = new Reading(reader, (known) => this.follow(known), findComplaint(editor.element, site.platform));
    this.wishes = new Wishes(this, { suggesting: this.suggesting, rewriting, adding: this.adding }, world, selection);
  }

  /** Watch the draft while it is the one in use. */
  start(): void {
    this.use = new AbortController();
    const { signal } = this.use;
    // Coming back, a rich editor would put the caret at its beginning.
    this.editor.element.addEventListener("blur", () => this.adding.rememberCaret(), { signal });
    this.editor.watch((how) => this.read(how === "pasted"), signal);
    const timers = [
      setInterval(() => this.read(), SAFETY_INTERVAL),
      setInterval(() => this.reading.now.state === "away" && this.reading.askAgain(true), RETRY),
      setInterval(() => this.reviewing.view.asked.state !== "none" && this.reviewing.look(), LOOK_EVERY),
    ];
    const observer = new ResizeObserver(() => this.world.redraw());
    observer.observe(this.editor.element);
    signal.addEventListener("abort", () => {
      for (const timer of timers) clearInterval(timer);
      observer.disconnect();
      this.reading.stop();
      this.spelling.stop();
    });
    this.read(true);
    // What the user wants to hear may have changed while another field was in use.
    this.reading.hearAnew();
    const { text, language } = this.reading.now;
    this.spelling.read(text, language);
    void this.reviewing.look();
  }

  pause(): void {
    this.use.abort();
    this.card = null;
    this.held = null;
  }

  get isOver(): boolean {
    return !this.editor.element.isConnected;
  }

  read(isUrgent = false): void {
    if (this.isOver) this.world.redraw();
    else this.reading.read(this.editor.read(), isUrgent);
  }

  /** The editor got the focus again, perhaps below another message. */
  resume(): void {
    const { complaint } = this.reading.now;
    if (!complaint || complaint.source === "page") {
      const found = findComplaint(this.editor.element, this.site.platform);
      if (found && found.text !== complaint?.text) this.reading.answerTo(found);
    }
    this.read();
    void this.reviewing.look();
  }

  get guarded(): Guarded {
    return {
      field: this.editor.element,
      rules: this.site.platform.submit,
      button: () => this.button(),
      press: (how, isEcho) => this.press(how, isEcho),
      leave: (how) => this.leave(how),
      hurry: () => this.reading.hurry(),
    };
  }

  get mistakes(): readonly Mistake[] {
    return this.spelling.among(this.reading.now.findings);
  }

  get suggestion(): SuggestionView | null {
    return this.suggesting.view;
  }

  get serious(): Finding[] {
    const { findings, lacks } = this.reading.now;
    return seriousFindings([...findings, ...lacks], this.holds);
  }

  /** The team wants a colleague's approval for a complaint this serious, and this text has none. */
  get lacksApproval(): boolean {
    const from = this.world.playbook()?.approval_from;
    const severity = this.reading.now.answer?.analysis.complaint?.severity?.level ?? 0;
    return from != null && severity >= from && !this.reviewing.isApproved(this.editor.read());
  }

  get conversing() {
    return { site: this.site.id, complaint: this.reading.now.complaint?.text ?? null, page: location.href.split("#")[0] ?? "" };
  }

  /** The user's own choice goes before the team's. */
  private get holds(): Holds {
    const { holds } = this.world.settings();
    return holds === "playbook" ? (this.world.playbook()?.holds ?? "warn") : holds;
  }

  /** Where the held card belongs: at the button, or at the field when a key was pressed. */
  heldAnchor(): Box {
    const press = this.held?.press;
    return (press && "button" in press ? press.button : (this.button() ?? this.editor.element)).getBoundingClientRect();
  }

  // --- what of the overlay is open

  openPanel(): void {
    this.reading.rest();
    if (this.reading.now.answer === null) this.reading.askAgain(true);
    this.isPanelOpen = true;
    void this.reviewing.look();
    this.world.redraw();
  }

  closePanel(): void {
    this.isPanelOpen = false;
    this.backToEditor();
  }

  openCard(finding: Finding, takesFocus: boolean): void {
    this.card = { finding, note: "", takesFocus };
    this.held = null;
    if (!takesFocus) this.editor.select({ start: finding.span.end, end: finding.span.end });
    this.world.redraw();
  }

  /** Shown while the pointer rests on the words; nothing is selected or focused. */
  peek(finding: Finding): void {
    if (this.card?.finding.key === finding.key) return;
    this.card = { finding, note: "", takesFocus: false };
    this.world.redraw();
  }

  closeCard(): void {
    this.card = null;
    this.backToEditor();
  }

  closeHeld(): void {
    this.held = null;
    this.backToEditor();
  }

  // --- how it follows the draft

  private follow(known: Known): void {
    this.hold.edit(known.text);
    this.spelling.read(known.text, known.language);
    if (!this.hold.isHolding) this.held = null;
    if (this.card) {
      const { key } = this.card.finding;
      const among: readonly Finding[] = isMistake(this.card.finding) ? this.mistakes : known.findings;
      const finding = among.find((one) => one.key === key);
      this.card = finding ? { ...this.card, finding } : null;
    }
    this.world.redraw();
  }

  private press(press: Press, isEcho = false): Verdict {
    this.read();
    const verdict = this.hold.press(this.editor.read(), this.serious.length > 0 || this.lacksApproval, isEcho);
    if (verdict === "hold") {
      this.reading.rest();
      this.held = { press };
      this.card = null;
      this.news = this.world.speak().say("guard.held");
      clearTimeout(this.armTimer);
      this.armTimer = setTimeout(() => {
        this.hold.arm();
        this.world.redraw();
      }, ARMED_AFTER);
    } else if (verdict === "pass") {
      this.held = null;
    }
    this.world.redraw();
    return verdict;
  }

  /** The page has the press now. A colleague who was asked hears when the text has gone. */
  private leave(how: Press): void {
    const about = this.reviewing.open;
    if (!about || ("button" in how && !isSubmit(how.button, this.site.platform.submit))) return;
    this.departure.begin((departed) => void this.reviewing.place(about, departed));
  }

  private button(): HTMLElement | null {
    const now = performance.now();
    if (!this.submit?.button?.isConnected || now - this.submit.seen > BUTTON_STAYS) {
      this.submit = { button: findSubmit(this.editor.element, this.site.platform.submit), seen: now };
    }
    return this.submit.button;
  }

  /** The focus goes back to where it came from, and only when the overlay had it. */
  backToEditor(): void {
    if (this.world.overlayHasFocus()) {
      if (this.isPanelOpen) this.world.focusPanel();
      else this.editor.select(this.adding.caret ?? endOf(this.editor.read()));
    }
    this.world.redraw();
  }
}

function endOf(text: string): Span {
  return { start: text.length, end: text.length };
}
