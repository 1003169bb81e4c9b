// Reads along while you type. All judgement is the companion's; this only asks and draws.
const PAUSE_MS = 300;
const SHOWN = 3;

const form = document.getElementById("conversation");
const [complaint, author, draft, name, role] = ["complaint", "author", "draft", "name", "role"].map((id) => document.getElementById(id));
const platform = document.getElementById("platform");
const [mirror, list, state, copied] = ["mirror", "list", "state", "copied"].map((id) => document.getElementById(id));
const { texts, levels } = JSON.parse(document.getElementById("texts").textContent);
const template = document.getElementById("finding-template");
const storage = {
  read: (key) => { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } },
  write: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: nothing is kept */ } },
};

let warnings = [];
let readText = null;
let asked = 0;
let timer = 0;
let showAll = false;
const kept = new Set();

const signature = (warning) => `${warning.check}\n${readText.slice(warning.replaces.start, warning.replaces.end) || warning.text}`;

function wait() {
  // Findings that no longer fit the text are hidden at once, never shown on the wrong words.
  if (draft.value !== readText) { warnings = []; draw(); }
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE_MS);
}

// What the customer expects and what the reply needs is drawn by the companion, as for a browser without scripts.
async function drawReading(number) {
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [now, next] = [document.getElementById("reading"), page.getElementById("reading")];
    if (number !== asked || !now || !next) return;
    next.querySelectorAll("details").forEach((details, place) => { details.open = now.querySelectorAll("details")[place]?.open ?? false; });
    now.replaceWith(next);
  } catch { /* the companion is away; the findings say so */ }
}

async function ask() {
  const number = ++asked;
  const text = draft.value;
  drawReading(number);
  if (!text.trim()) { readText = text; warnings = []; say(texts.empty); draw(); return; }
  const slow = setTimeout(() => say(texts.reading), 400);
  try {
    const response = await fetch("/v1/analyses", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": form.dataset.language },
      body: JSON.stringify({
        complaint: complaint.value.trim() ? { text: complaint.value, author: author.value || null } : null,
        draft: { text },
        writer: { name: name.value || null, role: role.value || null },
        justified: document.getElementById("unjustified").checked ? false : null,
        platform: platform.value || null,
        locale: form.dataset.language,
      }),
    });
    const answer = await response.json();
    if (number !== asked) return;
    if (!response.ok) throw new Error(answer.error?.message ?? texts.failed);
    readText = text;
    warnings = draft.value === text ? answer.warnings : [];
    say("");
  } catch (error) {
    if (number !== asked) return;
    warnings = [];
    say(error instanceof TypeError || error instanceof SyntaxError ? texts.failed : error.message);
  } finally {
    clearTimeout(slow);
  }
  draw();
}

function say(text) { if (state.textContent !== text) state.textContent = text; }

function draw() {
  document.getElementById("quoted")?.remove();
  const open = warnings.filter((warning) => !kept.has(signature(warning)));
  drawMarks(open);
  const shown = showAll ? open : open.slice(0, SHOWN);
  list.replaceChildren(...shown.map(card));
  if (open.length > shown.length) {
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = texts.more.replace("{count}", open.length - shown.length);
    more.addEventListener("click", () => { showAll = true; draw(); });
    const item = document.createElement("li");
    item.className = "more";
    item.append(more);
    list.append(item);
  }
  if (readText?.trim() && readText === draft.value && !open.length && !state.textContent) say(texts.nothing);
}

function drawMarks(open) {
  const text = draft.value;
  const edges = [...new Set([0, text.length, ...open.flatMap((w) => [w.start, w.end])])].sort((a, b) => a - b);
  const nodes = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [start, end] = [edges[i], edges[i + 1]];
    const here = open.find((w) => w.start <= start && end <= w.end);
    const node = here ? document.createElement("mark") : document.createTextNode(text.slice(start, end));
    if (here) { node.className = here.level; node.textContent = text.slice(start, end); node.dataset.start = here.start; }
    nodes.push(node);
  }
  mirror.replaceChildren(...nodes, document.createTextNode("\n"));
  mirror.scrollTop = draft.scrollTop;
}

function card(warning) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.classList.add(warning.level);
  item.dataset.check = warning.check;
  item.querySelector(".level").textContent = levels[warning.level];
  item.querySelector(".title").textContent = warning.title;
  item.querySelector(".message").textContent = warning.message;
  const rewrites = item.querySelector(".rewrites");
  for (const rewrite of warning.rewrites) {
    const button = document.createElement("button");
    button.type = "button";
    const verb = document.createElement("span");
    verb.className = "verb";
    verb.textContent = warning.replaces.start === warning.replaces.end ? texts.add : texts.replace;
    button.append(verb, " ", rewrite.trim());
    button.addEventListener("click", () => apply(warning, rewrite));
    const line = document.createElement("li");
    line.append(button);
    rewrites.append(line);
  }
  const details = item.querySelector("details");
  if (warning.why) details.querySelector(".why").textContent = warning.why; else details.remove();
  item.querySelector(".keep").addEventListener("click", () => { kept.add(signature(warning)); say(texts.kept); draw(); });
  const light = (on) => mirror.querySelectorAll(`mark[data-start="${warning.start}"]`).forEach((mark) => mark.classList.toggle("now", on));
  for (const [event, on] of [["mouseenter", true], ["focusin", true], ["mouseleave", false], ["focusout", false]]) item.addEventListener(event, () => light(on));
  return item;
}

function apply(warning, rewrite) {
  if (draft.value !== readText) { say(texts.moved); return; }
  draft.focus();
  draft.setSelectionRange(warning.replaces.start, warning.replaces.end);
  // insertText keeps the browser's own undo; setRangeText does not.
  if (!document.execCommand("insertText", false, rewrite)) {
    draft.setRangeText(rewrite, warning.replaces.start, warning.replaces.end, "end");
    draft.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const gap = /\[[^\]\n]+\]/.exec(rewrite);
  if (gap) {
    const at = warning.replaces.start + gap.index;
    draft.setSelectionRange(at, at + gap[0].length);
    copied.textContent = texts.gap;
  }
}

for (const field of [complaint, author, draft, name, role]) field.addEventListener("input", wait);
for (const id of ["unjustified", "platform"]) document.getElementById(id).addEventListener("change", wait);
for (const field of [name, role]) {
  field.value ||= storage.read(`meelezer.${field.id}`);
  field.addEventListener("change", () => storage.write(`meelezer.${field.id}`, field.value));
}
draft.addEventListener("scroll", () => { mirror.scrollTop = draft.scrollTop; });
form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
const copy = document.getElementById("copy");
copy.hidden = false;
copy.addEventListener("click", async () => {
  try { await navigator.clipboard.writeText(draft.value); copied.textContent = texts.copied; } catch { draft.select(); copied.textContent = texts.copy_failed; }
});
// The other language keeps what was typed.
document.querySelector(".bar .other").addEventListener("click", (event) => {
  event.preventDefault();
  try { sessionStorage.setItem("meelezer.form", JSON.stringify([complaint.value, author.value, draft.value, platform.value])); } catch { /* then it starts empty */ }
  location.href = event.currentTarget.href;
});
try {
  const saved = JSON.parse(sessionStorage.getItem("meelezer.form") ?? "null");
  sessionStorage.removeItem("meelezer.form");
  if (saved) [complaint.value, author.value, draft.value, platform.value] = saved;
} catch { /* nothing saved */ }
if (draft.value.trim() || complaint.value.trim()) ask();
