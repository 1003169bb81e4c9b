// Slate in React 18.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { createEditor, Editor, Node, Transforms } from "slate";
import { withHistory } from "slate-history";
import { Editable, Slate, withReact } from "slate-react";
import { compose } from "./composer.js";

const box = document.querySelector("[data-editor=slate]");
const label = box.getAttribute("aria-label");
for (const name of ["contenteditable", "role", "id"]) box.removeAttribute(name);
const editor = withHistory(withReact(createEditor()));
const EMPTY = [{ type: "paragraph", children: [{ text: "" }] }];

function App() {
  const [initialValue] = useState(EMPTY);
  return h(Slate, { editor, initialValue }, h(Editable, { id: "text", "aria-label": label }));
}

createRoot(box).render(h(App));
compose(box, {
  read: () => editor.children.map((node) => Node.string(node)).join("\n"),
  clear: () => {
    Transforms.delete(editor, { at: Editor.range(editor, []) });
  },
});
