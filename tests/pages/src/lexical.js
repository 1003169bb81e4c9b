// Facebook's comment box: Lexical, Enter sends, Shift+Enter begins a line, the button shows once there is text.
import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerRichText } from "@lexical/rich-text";
import { $createParagraphNode, $getRoot, COMMAND_PRIORITY_HIGH, createEditor, KEY_ENTER_COMMAND } from "lexical";
import { post } from "./posting.js";

const box = document.querySelector("[data-editor=lexical]");
const form = box.closest("form");
const send = form.querySelector("[data-send]");
const editor = createEditor({
  namespace: "comment",
  onError: (error) => {
    throw error;
  },
});
editor.setRootElement(box);
registerRichText(editor);
registerHistory(editor, createEmptyHistoryState(), 300);

window.model = () =>
  editor.getEditorState().read(() =>
    $getRoot()
      .getChildren()
      .map((node) => node.getTextContent())
      .join("\n"),
  );

const submit = () => {
  const text = window.model();
  if (text.trim() === "") return;
  post(text);
  editor.update(() => $getRoot().clear().append($createParagraphNode()));
};
editor.registerCommand(
  KEY_ENTER_COMMAND,
  (event) => {
    if (!event || event.shiftKey) return false;
    event.preventDefault();
    submit();
    return true;
  },
  COMMAND_PRIORITY_HIGH,
);
editor.registerUpdateListener(() => {
  const isEmpty = window.model().trim() === "";
  send.setAttribute("aria-disabled", String(isEmpty));
  form.classList.toggle("empty", isEmpty);
});
send.addEventListener("click", submit);
