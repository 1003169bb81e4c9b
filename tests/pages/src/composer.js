// What the rich editors of the test pages share: a button that sends, and Ctrl+Enter.
import { post } from "./posting.js";

/** Offer the editor in `box` to the tests. `read` gives the model's text, `clear` empties it. */
export function compose(box, { read, clear }) {
  window.model = read;
  const composer = box.closest("form, [data-composer]");
  const submit = () => {
    const text = read();
    if (text.trim() === "") return;
    post(text);
    clear();
  };
  composer.querySelector("[data-send]").addEventListener("click", submit);
  composer.addEventListener("submit", (event) => event.preventDefault());
  if (composer.dataset.keys !== "none") {
    box.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          submit();
        }
      },
      true,
    );
  }
}
