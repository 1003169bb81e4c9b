import { render } from "preact";
import { closestAcross } from "../page-tree";
import { isMistake } from "../reading/spelling";
import answerCss from "./answer-parts.css?inline";
import { Badge } from "./badge";
import { Card } from "./card";
import { Held } from "./held";
import marksCss from "./marks.css?inline";
import { MistakeCard } from "./mistake-card";
import overlayCss from "./overlay.css?inline";
import { Panel } from "./panel";
import piecesCss from "./pieces.css?inline";
import spellingCss from "./spelling.css?inline";
import type { Actions, View } from "./view";

const TAG = "meelezer-overlay";
/** Single letters are shortcuts on X and Facebook; what is typed in our own fields is none of theirs. */
const TYPED = ["keydown", "keypress", "keyup", "input", "beforeinput", "paste", "copy", "cut"] as const;

interface Scene {
  readonly view: View;
  readonly actions: Actions;
  /** The field that it belongs to. */
  readonly beside: Element;
}

/** The overlay's own corner of the page: one element at the end of the body, drawn in its shadow. */
export class Overlay {
  readonly root: ShadowRoot;
  private readonly host = document.createElement(TAG);
  private readonly stage = document.createElement("div");

  constructor(signal: AbortSignal) {
    this.root = this.host.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = overlayCss + piecesCss + answerCss + spellingCss + marksCss;
    this.root.append(style, this.stage);
    for (const type of TYPED) this.stage.addEventListener(type, (event) => event.stopPropagation());
    // The shadow is open, so that assistive tools can look in; a page's script can then press our buttons, but only the user counts.
    const onlyTheUser = (event: Event) => event.isTrusted || event.stopImmediatePropagation();
    for (const type of ["click", "submit", "change"]) this.stage.addEventListener(type, onlyTheUser, true);
    // A press on a button of ours leaves the focus and the selection in the editor; our own text fields take it.
    this.stage.addEventListener("mousedown", (event) => {
      const target = event.composedPath()[0];
      if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement || isSelectable(target))) event.preventDefault();
    });
    signal.addEventListener("abort", () => {
      render(null, this.stage);
      this.host.remove();
    });
  }

  /** Draw the view; the host goes back where a site took it away, and into a modal dialog, outside which nothing can be pressed. */
  draw(scene: Scene | null): void {
    if (scene) {
      const { view, beside } = scene;
      const home = dialogAround(beside) ?? outsideTheEditor();
      if (this.host.parentElement !== home) this.mount(home);
      this.host.lang = view.speak.locale;
      this.host.dataset.theme = view.theme;
    }
    render(scene && <Pieces view={scene.view} actions={scene.actions} />, this.stage);
  }

  contains(node: EventTarget | null): boolean {
    return node === this.host || (node instanceof Node && this.host.shadowRoot?.contains(node) === true);
  }

  get hasFocus(): boolean {
    return document.activeElement === this.host;
  }

  focusPanel(): void {
    this.root.querySelector<HTMLElement>(".panel")?.focus({ preventScroll: true });
  }

  /** Whether the pointer is over one of our own pieces. */
  isUnder(x: number, y: number): boolean {
    return this.root.elementFromPoint(x, y)?.closest(".floating, .panel, .badge") != null;
  }

  private mount(home: Element): void {
    this.host.popover = "manual";
    home.append(this.host);
    this.host.showPopover();
  }
}

/** The body, unless it is the editor itself, as in a frame of TinyMCE. */
const outsideTheEditor = (): Element => (document.body.isContentEditable ? document.documentElement : document.body);

function dialogAround(field: Element): Element | null {
  const dialog = closestAcross(field, "dialog");
  return dialog?.ownerDocument === document ? dialog : null;
}

function Pieces({ view, actions }: { readonly view: View; readonly actions: Actions }) {
  const { card, held } = view;
  return (
    <>
      {view.places.map(
        ({ finding, boxes: [first] }) =>
          finding.warning.level === "hold" &&
          first && (
            <span
              key={finding.key}
              class="diamond"
              aria-hidden="true"
              style={{ left: `${view.margin}px`, top: `${(first.top + first.bottom) / 2}px` }}
            />
          ),
      )}
      <Badge view={view} actions={actions} />
      {view.isPanelOpen && <Panel view={view} actions={actions} />}
      {held && <Held view={view} held={held} actions={actions} />}
      {card &&
        (isMistake(card.finding) ? (
          <MistakeCard view={view} card={card} mistake={card.finding} actions={actions} />
        ) : (
          <Card view={view} card={card} actions={actions} />
        ))}
      <p class="news" aria-live="polite">
        {view.news}
      </p>
    </>
  );
}

/** Words in the card and the panel can be copied. */
function isSelectable(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.closest("blockquote, .selectable") !== null;
}
