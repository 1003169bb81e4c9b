// Quill 2, as older LinkedIn comment boxes have it.
import Quill from "quill";
import { compose } from "./composer.js";

const box = document.querySelector("[data-editor=quill]");
const attributes = [...box.attributes].filter(({ name }) => !["contenteditable", "class", "id"].includes(name));
for (const name of ["contenteditable", "role"]) box.removeAttribute(name);
const { id, className } = box;
box.removeAttribute("id");
box.className = "";
const quill = new Quill(box, { modules: { toolbar: false } });
for (const { name, value } of attributes) quill.root.setAttribute(name, value);
if (id) quill.root.id = id;
quill.root.classList.add(...className.split(" ").filter(Boolean));
compose(quill.root, { read: () => quill.getText().replace(/\n$/, ""), clear: () => quill.setText("") });
