// Comments at selected words, keys, and what colleagues do meanwhile. Everything else works without this file.
const FRESH_MS = 5000;
const { review, me } = document.body.dataset;
const texts = JSON.parse(document.getElementById("texts").textContent);
const [note, others, about, clear] = ["note", "others", "about", "clear"].map((id) => document.getElementById(id));
const comments = document.getElementById("comments");
const edit = document.getElementById("edit");

// A comment about words.
function choose(start, end, words) {
  comments.elements.start.value = start ?? "";
  comments.elements.end.value = end ?? "";
  about.textContent = words ? `${about.dataset.about} “${words}”` : about.dataset.all;
  clear.hidden = !words;
}
function selected() {
  const text = document.getElementById("text");
  const selection = getSelection();
  if (!text || !comments || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  if (!words.trim()) return;
  const start = before.toString().length;
  comments.elements.version.value = text.dataset.version;
  choose(start, start + words.length, words);
}
document.addEventListener("selectionchange", selected);
clear?.addEventListener("click", () => choose());
// Pressed twice, it is one comment.
comments?.addEventListener("submit", () => { comments.elements.key.value ||= crypto.randomUUID?.() ?? `${Date.now()}`; });

// What a colleague does meanwhile.
const dirty = () => [...document.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
async function fetchPage() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-store" })).text(), "text/html");
  const typed = [...document.querySelectorAll("textarea")].map((field) => [field.id, field.value, field.value !== field.defaultValue]);
  for (const id of ["live", "past", "decisions", "after"]) {
    const [now, next] = [document.getElementById(id), page.getElementById(id)];
    if (now && next) now.replaceWith(document.adoptNode(next));
  }
  // A text that is being changed stays on its own version: saving it then says that somebody was first.
  const [basis, newest] = [document.querySelector("[name=based_on]"), page.querySelector("[name=based_on]")];
  const fresh = page.getElementById("edit");
  if (edit && fresh && edit.value === edit.defaultValue) {
    edit.value = edit.defaultValue = fresh.defaultValue;
    basis.value = newest.value;
  }
  for (const [id, value, changed] of typed) {
    const field = document.getElementById(id);
    if (field && changed) field.value = value;
  }
  if (comments) { comments.elements.version.value = document.getElementById("text")?.dataset.version ?? ""; choose(); }
  note.replaceChildren();
}
async function look() {
  if (document.hidden) return;
  try {
    const response = await fetch(`/v1/reviews/${review}/readers`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ by: me || "?" }),
    });
    if (!response.ok) return;
    const answer = await response.json();
    if (note.textContent === texts.away) note.textContent = "";
    const reading = answer.others.filter((who) => who !== "?").join(", ");
    const told = reading ? others.dataset.text.replace("{who}", reading) : "";
    if (others.textContent !== told) others.textContent = told;
    if (`${answer.revision}` === document.getElementById("live").dataset.revision || document.getElementById("fresh")) return;
    if (!dirty()) { await fetchPage(); return; }
    const button = document.createElement("button");
    button.type = "button";
    button.id = "fresh";
    button.textContent = texts.refresh;
    button.addEventListener("click", fetchPage);
    note.replaceChildren(texts.new, button);
  } catch {
    note.textContent = texts.away;
  }
}
if (me) {
  setInterval(look, FRESH_MS);
  document.addEventListener("visibilitychange", look);
  look();
}

// Hands on the keyboard.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input, select, textarea")) { if (event.key === "Escape") event.target.blur(); return; }
  if (event.key === "u") { document.getElementById("back").click(); event.preventDefault(); return; }
  const field = { e: "edit", c: "comment", a: "approve", r: "reason" }[event.key];
  const target = field && document.getElementById(field);
  if (!target) return;
  target.focus();
  target.scrollIntoView({ block: "center" });
  event.preventDefault();
});
