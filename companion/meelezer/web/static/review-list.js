// Keeps the open list fresh, and lets the hands stay on the keyboard.
const FRESH_MS = 5000;
const { away } = JSON.parse(document.getElementById("texts").textContent);
const note = document.getElementById("note");
let seen = null;

const rows = () => [...document.querySelectorAll(".rows a")];

async function refresh() {
  if (document.hidden) return;
  const address = new URL(location.href);
  address.searchParams.set("part", "1");
  try {
    const response = await fetch(address, { headers: seen ? { "If-None-Match": seen } : {}, cache: "no-store" });
    if (note.textContent === away) note.textContent = "";
    if (response.status === 304 || !response.ok) return;
    seen = response.headers.get("ETag");
    const next = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("work");
    const now = document.getElementById("work");
    if (!next || next.isEqualNode(now)) return;
    const focused = now.contains(document.activeElement) ? document.activeElement.id : "";
    now.replaceWith(document.adoptNode(next));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  } catch {
    note.textContent = away;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches("input, select, textarea")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const all = rows();
  const at = all.indexOf(document.activeElement);
  all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]?.focus();
  event.preventDefault();
});
setInterval(refresh, FRESH_MS);
document.addEventListener("visibilitychange", refresh);
