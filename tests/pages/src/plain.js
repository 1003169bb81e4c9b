// A shop's own form: a textarea in a form, or a plain contenteditable with a button beside it.
import { post } from "./posting.js";

const field = document.querySelector("textarea");
const editable = document.querySelector("[contenteditable]");
const form = document.querySelector("form#reply");

if (field && form) {
  window.model = () => field.value;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    post(field.value);
    form.reset();
  });
} else {
  window.model = () => linesOf(editable).join("\n");
  document.querySelector("#publish").addEventListener("click", () => {
    post(window.model());
    editable.replaceChildren();
  });
}

/** A browser leaves the first line bare and puts each further one in a block; bold words stand within a line. */
function linesOf(root) {
  const lines = [];
  let isOpen = false;
  for (const node of root.childNodes) {
    const isBlock = node.nodeName === "DIV" || node.nodeName === "P";
    if (isOpen && !isBlock) lines.push(`${lines.pop()}${node.textContent}`);
    else lines.push(node.textContent);
    isOpen = !isBlock;
  }
  return lines;
}
