import { holderOf, isNode, targetOf, windows } from "../page-tree";
import type { Platform, SubmitKey } from "../platforms";
import type { Verdict } from "./hold";
import { isDisabled, labelOf, submitKeyOf } from "./submit";

/** The draft that could be posted now. */
export interface Guarded {
  readonly field: HTMLElement;
  readonly rules: Platform["submit"];
  button(): HTMLElement | null;
  /** Judge a press that would post the text as it stands. */
  press(how: Press, isEcho?: boolean): Verdict;
  /** A press was left to the page: it may post now. */
  leave(how: Press): void;
  /** A press may be near. */
  hurry(): void;
}

/** With what the user posts, to be quoted back. */
export type Press = { readonly button: HTMLElement; readonly label: string } | { readonly key: SubmitKey };

const POINTER = ["pointerdown", "mousedown", "pointerup", "mouseup", "touchstart", "touchend"] as const;

/**
 * Stands before the page's own listeners: capture on window, from document_start. It stops events, and never makes one.
 * Whatever goes wrong here, the post goes through.
 */
export function standGuard(guarded: () => Guarded | null, signal: AbortSignal): void {
  /** The press under way was stopped: its remaining events are stopped too. */
  let isStopped = false;

  const onPointer = (event: Event) => {
    const draft = guarded();
    const button = draft && buttonUnder(event, draft);
    if (!button) return;
    if (event.type === "pointerdown") {
      isStopped = isRefused(draft.press({ button, label: labelOf(button) }));
      if (!isStopped) draft.hurry();
    }
    if (isStopped) stop(event);
  };
  const onClick = (event: Event) => {
    const draft = guarded();
    const button = draft && buttonUnder(event, draft);
    if (!button) return;
    const how = { button, label: labelOf(button) };
    if (isStopped || isRefused(draft.press(how))) stop(event);
    else draft.leave(how);
    isStopped = false;
  };
  const onKey = (event: KeyboardEvent) => {
    const draft = guarded();
    if (!draft) return;
    const how = pressedBy(event, draft);
    if (!how) {
      // Ctrl+Enter begins with Ctrl.
      if (event.key === "Control" || event.key === "Meta") draft.hurry();
      return;
    }
    if (isRefused(draft.press(how, event.repeat))) stop(event);
    else draft.leave(how);
  };
  const onSubmit = (event: SubmitEvent) => {
    const draft = guarded();
    if (!draft || !isNode(event.target) || !event.target.contains(outermost(draft.field, event.target))) return;
    const button = event.submitter ?? draft.button();
    if (isRefused(draft.press(button ? { button, label: labelOf(button) } : { key: "Enter" }))) stop(event);
  };
  const onNear = (event: Event) => {
    const draft = guarded();
    if (draft && buttonUnder(event, draft)) draft.hurry();
  };

  // The button of an editor in a frame mostly stands outside it.
  const around = windows();
  const listen = <E extends Event>(type: string, listener: (event: E) => void) => {
    const hear = failOpen(listener) as EventListener;
    for (const one of around) one.addEventListener(type, hear, { capture: true, signal, passive: false });
  };
  for (const type of POINTER) listen(type, onPointer);
  listen("click", onClick);
  listen("keydown", onKey);
  listen("submit", onSubmit);
  listen("pointerover", onNear);
  listen("focusin", onNear);
}

function buttonUnder(event: Event, draft: Guarded): HTMLElement | null {
  const target = targetOf(event);
  if (!isNode(target) || draft.field.contains(target)) return null;
  const button = draft.button();
  return button?.contains(target) && !isDisabled(button, draft.rules) ? button : null;
}

function pressedBy(event: KeyboardEvent, draft: Guarded): Press | null {
  const target = targetOf(event);
  if (!isNode(target)) return null;
  if (draft.field.contains(target)) {
    const key = submitKeyOf(event, draft.field, draft.rules);
    return key && { key };
  }
  const button = event.key === "Enter" || event.key === " " ? buttonUnder(event, draft) : null;
  return button && { button, label: labelOf(button) };
}

/** The field, or the shadow host or frame that holds it in the tree of `beside`. */
function outermost(field: Element, beside: Node): Element {
  let inner: Element | null = field;
  while (inner && inner.getRootNode() !== beside.getRootNode()) inner = holderOf(inner);
  return inner ?? field;
}

const isRefused = (verdict: Verdict): boolean => verdict !== "pass";

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function failOpen<E extends Event>(listener: (event: E) => void): (event: E) => void {
  return (event) => {
    try {
      listener(event);
    } catch {
      // The page must never lose a press to a fault of ours.
    }
  };
}
