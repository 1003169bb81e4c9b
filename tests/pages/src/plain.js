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
  window.model = () => [...editable.childNodes].map((line) => line.textContent).join("\n");
  document.querySelector("#publish").addEventListener("click", () => {
    post(window.model());
    editable.replaceChildren();
  });
}
