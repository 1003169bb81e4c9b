// A component with a shadow root, open or closed, and in it a plain contenteditable and its button.
import { post } from "./posting.js";

class ReplyBox extends HTMLElement {
  connectedCallback() {
    const { mode } = this.dataset;
    const root = this.attachShadow({ mode });
    // A test can find nothing in a closed root by itself.
    if (mode === "closed") window.closedRoot = root;
    root.innerHTML = `<style>#text{display:block;min-height:60px;border:1px solid #999;padding:6px;white-space:pre-wrap}</style>
      <div id="text" role="textbox" contenteditable="true" aria-label="Je reactie"></div><button type="button" class="primary">Reactie plaatsen</button>`;
    const box = root.querySelector("#text");
    // biome-ignore lint/performance/useDomNodeTextContent: line breaks count
    window.model = () => box.innerText;
    root.querySelector("button").addEventListener("click", () => {
      post(window.model());
      box.replaceChildren();
    });
  }
}
customElements.define("reply-box", ReplyBox);

const slot = document.querySelector("[data-editor$=shadow]");
const box = document.createElement("reply-box");
box.dataset.mode = slot.dataset.editor === "closed-shadow" ? "closed" : "open";
slot.replaceWith(box);
