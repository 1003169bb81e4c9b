// A textarea whose text React holds: it only knows of what it was told by an input event.
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { compose } from "./composer.js";

const box = document.querySelector("[data-editor=react-textarea]");
for (const name of ["contenteditable", "role", "id"]) box.removeAttribute(name);
let model = "";
let put = () => undefined;

function App() {
  const [text, setText] = useState("");
  model = text;
  put = setText;
  return h("textarea", { id: "text", rows: 4, value: text, "aria-label": "Je reactie", onChange: (event) => setText(event.target.value) });
}

createRoot(box).render(h(App));
compose(box, { read: () => model, clear: () => put("") });
