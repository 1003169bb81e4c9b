// ProseMirror, on which TipTap (LinkedIn, Bluesky) builds: paragraphs, hard breaks, history.
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { schema } from "prosemirror-schema-basic";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { compose } from "./composer.js";

const box = document.querySelector("[data-editor=prosemirror]");
const attributes = Object.fromEntries(
  [...box.attributes].filter(({ name }) => name !== "contenteditable").map(({ name, value }) => [name, value]),
);
box.removeAttribute("contenteditable");
box.removeAttribute("role");
box.removeAttribute("id");
box.className = "";
const hardBreak = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(schema.nodes.hard_break.create()).scrollIntoView());
  return true;
});
const state = () =>
  EditorState.create({
    schema,
    plugins: [history(), keymap({ "Mod-z": undo, "Mod-y": redo, "Shift-Enter": hardBreak }), keymap(baseKeymap)],
  });
const view = new EditorView(box, { state: state(), attributes });
compose(view.dom, {
  read: () => {
    const lines = [];
    view.state.doc.forEach((node) => {
      lines.push(node.textBetween(0, node.content.size, "\n", "\n"));
    });
    return lines.join("\n");
  },
  clear: () => view.updateState(state()),
});
