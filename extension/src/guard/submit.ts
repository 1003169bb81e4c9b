import { climb, closestAcross, holderOf } from "../page-tree";
import type { Platform, SubmitKey } from "../platforms";

type Rules = Platform["submit"];

const TEXT_BUTTONS = 'button, [role="button"], input[type="submit"], input[type="image"]';
const MOST_LEVELS = 4;
const LONGEST_LABEL = 40;

/** The button that makes this field's text public; null when none can be told. */
export function findSubmit(field: HTMLElement, rules: Rules): HTMLElement | null {
  if (rules.selectors.length === 0) return formSubmit(field) ?? nearbyButton(field);
  const within = (rules.within ?? []).map((selector) => closestAcross(field, selector)).find(Boolean) ?? document.body;
  for (const selector of rules.selectors) {
    const last = [...within.querySelectorAll<HTMLElement>(selector)].filter((button) => isAfter(button, field) && isShown(button)).at(-1);
    if (last) return last;
  }
  return null;
}

/** Whether this is the button that posts for certain: named for its site, or the one that sends a form. Elsewhere it is the likeliest. */
export function isSubmit(button: HTMLElement, rules: Rules): boolean {
  return rules.selectors.length > 0 || isOfForm(button);
}

export function isDisabled(button: HTMLElement, rules: Rules): boolean {
  return (rules.disabled ?? []).some((selector) => button.matches(selector));
}

/** What the button says, as the site writes it; a drawing is named by its label. */
export function labelOf(button: HTMLElement): string {
  const value = button instanceof HTMLInputElement ? button.value : "";
  // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen
  const candidates = [button.innerText ?? "", value, button.getAttribute("aria-label") ?? "", button.title];
  const label = candidates.find((words) => /[\p{L}\p{N}]/u.test(words)) ?? "";
  return label.replaceAll(/\s+/g, " ").trim().slice(0, LONGEST_LABEL);
}

/** The key with which this event posts, or null: while a list of names is open or a character is being composed, Enter is not ours. */
export function submitKeyOf(event: KeyboardEvent, field: HTMLElement, rules: Rules): SubmitKey | null {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey) return null;
  const key: SubmitKey = event.ctrlKey ? "Ctrl+Enter" : event.metaKey ? "Meta+Enter" : "Enter";
  if (!rules.keys.includes(key)) return null;
  return key === "Enter" && isMenuOpen(field, rules) ? null : key;
}

function isMenuOpen(field: HTMLElement, rules: Rules): boolean {
  if (field.getAttribute("aria-expanded") === "true" || field.getAttribute("aria-activedescendant")) return true;
  return (rules.menu ?? []).some((selector) => [...document.querySelectorAll<HTMLElement>(selector)].some(isShown));
}

function formSubmit(field: HTMLElement): HTMLElement | null {
  const form = closestAcross(field, "form") as HTMLFormElement | null;
  const buttons = [...(form?.elements ?? [])].filter(
    (element): element is HTMLButtonElement | HTMLInputElement => isOfForm(element) && isShown(element),
  );
  return buttons.find((button) => isAfter(button, field)) ?? buttons[0] ?? null;
}

function isOfForm(element: Element): element is HTMLButtonElement | HTMLInputElement {
  if (!/^(?:BUTTON|INPUT)$/.test(element.tagName)) return false;
  const { type, form } = element as HTMLButtonElement;
  return type === "submit" && form !== null;
}

/** Without a form: the last button with words behind the field, in the nearest box that has one. */
function nearbyButton(field: HTMLElement): HTMLElement | null {
  let level = 0;
  let tree: Element = field;
  for (const { around, inner } of climb(field)) {
    // Out of a shadow root or frame the count begins anew: inside it there was nothing but the editor.
    level = inner === tree ? level + 1 : 1;
    tree = inner;
    if (level > MOST_LEVELS) continue;
    const buttons = [...around.querySelectorAll<HTMLElement>(TEXT_BUTTONS)].filter(
      (button) => isAfter(button, inner) && isShown(button) && labelOf(button) !== "",
    );
    const last = buttons.at(-1);
    if (last) return last;
  }
  return null;
}

function isAfter(button: Element, field: Element): boolean {
  // In another tree the shadow host or frame stands for the field.
  const holder = field.getRootNode() === button.getRootNode() ? null : holderOf(field);
  if (holder) return isAfter(button, holder);
  return field.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING;
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility();
}
