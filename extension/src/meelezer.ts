import type { Playbook } from "./companion/contract";
import { PageSelection } from "./conversation/page-selection";
import { findAskedField, findField, openEditor } from "./editors/find-editor";
import { Mirror } from "./editors/mirror";
import { standGuard } from "./guard/guard";
import { layOut } from "./overlay/layout";
import { Marks } from "./overlay/marks";
import { Overlay } from "./overlay/overlay";
import { Pointing } from "./overlay/pointing";
import { addressOf, focusedElement, targetOf } from "./page-tree";
import { loadPhrases, type Phrase, watchPhrases } from "./phrases";
import { type Site, siteOn } from "./platforms";
import { ask, type Call, type Questions, Retired } from "./protocol";
import { Session } from "./session";
import { changeSettings, companionAddress, isCompanionPage, isOn, loadSettings, type Settings, watchSettings } from "./settings";
import { type Speaker, speaker } from "./texts";
import type { World } from "./world";

const SLOW = 400;
const PLAYBOOK_STAYS = 30_000;

/** What is made on the page when the first reply is begun, and not before. */
interface Tools {
  readonly overlay: Overlay;
  readonly mirror: Mirror;
  readonly selection: PageSelection;
}

/** Meelezer on one page: notices where a reply is being written and keeps the overlay in step with it. */
export class Meelezer implements World {
  private current: Settings | null = null;
  private ours: readonly Phrase[] = [];
  private voice: Speaker = speaker("nl");
  private session: Session | null = null;
  /** A draft that is left and taken up again keeps what the user decided about it. */
  private readonly sessions = new WeakMap<Element, Session>();
  private readonly marks = new Marks();
  private readonly pointing = new Pointing();
  private tools: Tools | null = null;
  private readingSince: number | null = null;
  private frame = 0;
  private listening = new AbortController();
  /** The user asked for it on this page, whatever the settings say. */
  private isAskedFor = false;
  private isReminding = true;
  private chosen = "";
  private agreed: Playbook | null = null;
  private playbookAskedAt = 0;

  constructor(private readonly signal: AbortSignal) {}

  /** Listeners come first and at once: a page script must not hear of a press before the guard does. */
  start(): void {
    this.listen();
    if (location.protocol === "about:") this.outliveRewriting();
    this.signal.addEventListener("abort", () => this.leave());
    void this.learnSettings();
  }

  /** A page that writes into its frame (`document.open`) takes all listeners away, and only observers stay. */
  private outliveRewriting(): void {
    const observer = new MutationObserver(() => this.listen());
    observer.observe(document, { childList: true });
    this.signal.addEventListener("abort", () => observer.disconnect());
  }

  private listen(): void {
    this.listening.abort();
    this.listening = new AbortController();
    const signal = AbortSignal.any([this.signal, this.listening.signal]);
    standGuard(() => (this.session && !this.session.isOver ? this.session.guarded : null), signal);
    window.addEventListener("focusin", (event) => this.notice(targetOf(event)), { capture: true, signal });
    window.addEventListener("keydown", (event) => this.onKey(event), { capture: true, signal });
    window.addEventListener("scroll", () => this.session && this.redraw(), { capture: true, passive: true, signal });
    window.addEventListener("resize", () => this.session && this.redraw(), { passive: true, signal });
    this.pointing.listen(
      () => this.session,
      (x, y) => this.tools?.overlay.isUnder(x, y) ?? false,
      signal,
    );
  }

  hear(call: Call): void {
    this.isAskedFor = true;
    if (call.call === "use-selection") return this.choose(call.text);
    if (call.call === "open-panel") this.openHere();
    else this.notice(focusedElement());
  }

  // --- what one draft needs of the world

  settings = (): Settings => {
    if (!this.current) throw new Error("no draft is opened before the settings are known");
    return this.current;
  };

  speak = (): Speaker => this.voice;

  analyse: World["analyse"] = (request) => this.throughWorker("analyse", request);

  suggest: World["suggest"] = (request) => this.throughWorker("suggest", request);

  askColleague: World["askColleague"] = (about, request) => this.throughWorker("ask-colleague", { about, request });

  lookAtReview: World["lookAtReview"] = (about) => this.throughWorker("look-at-review", about);

  changeReview: World["changeReview"] = (about, text, basedOn, by) => this.throughWorker("change-review", { about, text, basedOn, by });

  placeReview: World["placeReview"] = (about, departed, by) => this.throughWorker("place-review", { about, departed, by });

  proofread: World["proofread"] = (request) => this.throughWorker("proofread", request);

  /** A worker that is gone, or an extension that was updated under this page, is told as a state. */
  private async throughWorker<
    Name extends "analyse" | "suggest" | "proofread" | "ask-colleague" | "look-at-review" | "change-review" | "place-review",
  >(
    name: Name,
    question: Questions[Name]["ask"],
  ): Promise<Questions[Name]["answer"] | { readonly state: "retired" } | { readonly state: "away" }> {
    try {
      return await ask(name, question);
    } catch (error) {
      return error instanceof Retired ? { state: "retired" } : { state: "away" };
    }
  }

  playbook = (): Playbook | null => {
    const now = Date.now();
    if (now - this.playbookAskedAt > PLAYBOOK_STAYS) {
      this.playbookAskedAt = now;
      void this.learnPlaybook();
    }
    return this.agreed;
  };

  /** What was agreed stays when the companion is away. */
  private async learnPlaybook(): Promise<void> {
    const answer = await ask("playbook", null).catch(() => null);
    if (answer?.state !== "ready") return;
    this.agreed = answer.content;
    this.redraw();
  }

  /** What another companion agreed on holds no more. */
  private forgetPlaybook(): void {
    this.agreed = null;
    this.playbookAskedAt = 0;
  }

  acceptWord: World["acceptWord"] = (word) => this.alter(({ dictionary }) => ({ dictionary: [...new Set([...dictionary, word])] }));

  switchOff: World["switchOff"] = (rule, message) => this.alter(({ rulesOff }) => ({ rulesOff: { ...rulesOff, [rule]: message } }));

  silence: World["silence"] = ({ id }, check) =>
    this.alter(({ silenced }) => ({ silenced: { ...silenced, [id]: [...new Set([...(silenced[id] ?? []), check])] } }));

  phrases = (): readonly Phrase[] => this.ours;

  keepPhrase: World["keepPhrase"] = (phrase) => ask("keep-phrase", phrase).catch(() => ({ state: "failed" }));

  judge: World["judge"] = (judgement) => void ask("judge", judgement).catch(() => undefined);
  reminds = (): boolean => this.isReminding;
  stopReminding = (): void => {
    this.isReminding = false;
  };
  openOptions = (): void => void ask("open-options", null).catch(() => undefined);
  overlayHasFocus = (): boolean => this.tools?.overlay.hasFocus ?? false;
  focusPanel = (): void => this.tools?.overlay.focusPanel();

  moveBadge: World["moveBadge"] = (site, by) => {
    const { x, y } = this.settings().badges[site.id] ?? { x: 0, y: 0 };
    const badges = { ...this.settings().badges, [site.id]: { x: x + by.x, y: y + by.y } };
    this.alter(() => ({ badges }));
  };

  /** Change settings here at once, and for good. */
  private alter(change: (settings: Settings) => Partial<Settings>): void {
    this.current = { ...this.settings(), ...change(this.settings()) };
    this.redraw();
    void changeSettings(change);
  }

  redraw = (): void => {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  // --- where a reply is being written

  private async learnSettings(): Promise<void> {
    watchPhrases((phrases) => this.takePhrases(phrases), this.signal);
    const [phrases, settings] = await Promise.all([loadPhrases(), loadSettings()]);
    this.ours = phrases;
    this.take(settings);
    watchSettings((settings) => this.take(settings), this.signal);
    if (document.hasFocus()) this.notice(focusedElement());
  }

  private take(settings: Settings): void {
    const before = this.current;
    this.current = settings;
    this.voice = speaker(settings.locale, settings.server !== null);
    if (before && companionAddress(before) !== companionAddress(settings)) this.forgetPlaybook();
    if (!this.session) return;
    if (!this.isWanted(this.session.site)) return this.leave();
    const asked = ({ locale, writer, ...rest }: Settings) => JSON.stringify([locale, writer, companionAddress(rest)]);
    if (before && asked(before) !== asked(settings)) this.session.reading.askAgain(true);
    else this.session.reading.hearAnew();
    this.redraw();
  }

  private takePhrases(phrases: readonly Phrase[]): void {
    this.ours = phrases;
    this.session?.reading.hearAnew();
  }

  private isWanted(site: Site | null): site is Site {
    if (site === null || this.current === null || isCompanionPage(this.current, addressOf(document))) return false;
    return this.isAskedFor || isOn(this.current, site);
  }

  /** Something on the page got the focus. */
  private notice(target: EventTarget | null): void {
    if (this.tools?.overlay.contains(target)) return;
    const site = siteOn(document);
    if (!this.isWanted(site)) return;
    const field = findField(target, site.platform);
    if (field) this.open(field, site);
  }

  private open(field: HTMLElement, site: Site): void {
    if (this.session?.editor.element === field) return this.session.resume();
    const { mirror, selection } = this.makeTools();
    this.session?.pause();
    mirror.hide();
    const session = this.sessions.get(field) ?? new Session(openEditor(field, mirror), site, this, selection);
    this.sessions.set(field, session);
    this.session = session;
    session.start();
    if (this.chosen) session.wishes.useAsComplaint(this.chosen);
    this.chosen = "";
    this.redraw();
  }

  private makeTools(): Tools {
    if (this.tools) return this.tools;
    const overlay = new Overlay(this.signal);
    const isOutside = (node: Node) => !this.session?.editor.element.contains(node) && !overlay.contains(node);
    this.tools = { overlay, mirror: new Mirror(overlay.root), selection: new PageSelection(isOutside, this.signal) };
    return this.tools;
  }

  /** The panel for the field in use, even one that is not watched by itself. */
  private openHere(): void {
    const site = siteOn(document);
    const field = site && (findField(focusedElement(), site.platform) ?? findAskedField(focusedElement()));
    if (this.isWanted(site) && field) this.open(field, site);
    this.session?.openPanel();
  }

  /** Chosen on the page, perhaps before the reply is begun. */
  private choose(complaint: string): void {
    if (this.session) this.session.wishes.useAsComplaint(complaint);
    else this.chosen = complaint;
  }

  private leave(): void {
    this.session?.pause();
    this.session = null;
    this.marks.clear();
    this.tools?.mirror.hide();
    this.tools?.overlay.draw(null);
  }

  private onKey(event: KeyboardEvent): void {
    const { session } = this;
    if (event.altKey && event.code === "KeyM" && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      if (!this.isWanted(siteOn(document))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (session?.isPanelOpen) session.closePanel();
      else this.openHere();
    } else if (event.key === "Escape" && (session?.card || session?.held) && !this.overlayHasFocus()) {
      // The site's own dialog must not close with our card.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (session.card) session.closeCard();
      else session.closeHeld();
    }
  }

  private draw(): void {
    const { session, tools } = this;
    if (!session || !tools) return;
    if (session.isOver) return this.leave();
    const view = layOut(session, this.marks, {
      settings: this.settings(),
      speak: this.voice,
      playbook: this.playbook(),
      isSlow: this.isSlow(session),
      reminds: this.isReminding,
      isOurs: (element) => tools.overlay.contains(element),
    });
    this.pointing.places = view.places;
    tools.overlay.draw({ view, actions: session.wishes, beside: session.editor.element });
  }

  /** Three dots only after a while: an answer usually takes less time than noticing the question. */
  private isSlow(session: Session): boolean {
    if (session.reading.now.state !== "reading") {
      this.readingSince = null;
      return false;
    }
    const now = performance.now();
    this.readingSince ??= now;
    const waited = now - this.readingSince;
    if (waited < SLOW) setTimeout(this.redraw, SLOW - waited + 1);
    return waited >= SLOW;
  }
}
