// CKEditor 5, the classic build's essentials.
import { ClassicEditor, Essentials, Paragraph, ShiftEnter } from "ckeditor5";
import { compose } from "./composer.js";

const box = document.querySelector("[data-editor=ckeditor]");
box.removeAttribute("contenteditable");
box.removeAttribute("role");
const label = box.getAttribute("aria-label");
ClassicEditor.create(box, { licenseKey: "GPL", plugins: [Essentials, Paragraph, ShiftEnter], label }).then((editor) => {
  editor.editing.view.change((writer) => writer.setAttribute("id", "text", editor.editing.view.document.getRoot()));
  compose(editor.ui.element, {
    read: () => {
      const lines = [];
      for (const block of editor.model.document.getRoot().getChildren()) {
        lines.push([...block.getChildren()].map((child) => (child.is("$text") ? child.data : "\n")).join(""));
      }
      return lines.join("\n");
    },
    clear: () => editor.setData(""),
  });
});
