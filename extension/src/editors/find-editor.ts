import type { Platform } from "../platforms";
import type { Editor } from "./editor";
import { FieldEditor } from "./field-editor";
import type { Mirror } from "./mirror";
import { RichEditor } from "./rich-editor";

const SEARCH = '[role="searchbox"], [role="search"] *, [role="combobox"]:not([contenteditable])';

/** The element in which a reply is being written, seen from the element that got the focus; null for everything else. */
export function findField(target: EventTarget | null, platform: Platform): HTMLElement | null {
  if (!(target instanceof Element)) return null;
  const { selectors } = platform.editor;
  if (selectors.length > 0) return closestHtml(target, selectors.join(","));
  const field = closestHtml(target, "textarea") ?? editableRoot(target);
  return field && isForReplies(field) ? field : null;
}

/** Open the editor of an element. An input of one line is opened only when the user asks for it ("check this text"). */
export function openEditor(field: HTMLElement, mirror: Mirror): Editor {
  return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? new FieldEditor(field, mirror) : new RichEditor(field);
}

/** What "check this text" may be asked of, beyond what is watched by itself. */
export function findAskedField(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element)) return null;
  if (target instanceof HTMLInputElement)
    return /^(?:text|search|)$/.test(target.type) && !target.readOnly && !target.disabled ? target : null;
  return closestHtml(target, "textarea") ?? editableRoot(target);
}

function isForReplies(field: HTMLElement): boolean {
  if (field.matches(SEARCH)) return false;
  return !(field instanceof HTMLTextAreaElement) || (!field.readOnly && !field.disabled);
}

function editableRoot(element: Element): HTMLElement | null {
  if (!(element instanceof HTMLElement) || !element.isContentEditable) return null;
  let root = element;
  while (root.parentElement?.isContentEditable) root = root.parentElement;
  // A page that is editable as a whole is an editor only in a frame of its own.
  return root === document.body && !window.frameElement ? null : root;
}

function closestHtml(element: Element, selector: string): HTMLElement | null {
  const found = element.closest(selector);
  return found instanceof HTMLElement ? found : null;
}
