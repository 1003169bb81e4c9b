// An editor that a page writes into a frame of its own (about:blank), as TinyMCE and CKEditor 4 do; the button stands outside.
import { compose } from "./composer.js";

const holder = document.querySelector("[data-editor=frame]");
const frame = document.createElement("iframe");
frame.id = "frame";
frame.style.cssText = "width: 100%; height: 120px; border: 1px solid #999";
holder.replaceWith(frame);
const page = frame.contentDocument;
page.open();
page.write(
  "<!doctype html><html><head><style>body{font:16px system-ui;margin:8px;min-height:90px}</style></head><body contenteditable=true id=text></body></html>",
);
page.close();
compose(frame, {
  read: () => [...page.body.childNodes].map((line) => line.textContent).join("\n"),
  clear: () => page.body.replaceChildren(),
});
