// Rows can be added and moved. Without this file there are empty rows to fill in.
const form = document.querySelector("form.playbook");
const moved = document.getElementById("moved");

const show = (within) => {
  for (const button of within.querySelectorAll("button[hidden]")) button.hidden = false;
};
for (const row of form.querySelectorAll(".spare")) row.remove();
show(form);

function nameOf(row) {
  const typed = [...row.querySelectorAll("[name$='.name'], [name*='.title.']")].find((field) => field.value.trim());
  return typed?.value.trim() ?? "";
}

function move(row, step) {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  // The other one moves, so that the focus stays on the button.
  if (step < 0) row.after(other);
  else row.before(other);
  const all = [...row.parentElement.children];
  const say = { name: nameOf(row), place: all.indexOf(row) + 1, count: all.length };
  moved.textContent = form.dataset.moved.replace(/\{(\w+)\}/g, (_, key) => say[key]);
  row.scrollIntoView({ block: "nearest" });
}

form.addEventListener("click", ({ target }) => {
  const button = target.closest("button[type=button]");
  if (button?.matches(".move")) move(button.closest("[data-row]"), Number(button.dataset.step));
  if (!button?.matches(".add")) return;
  const section = button.closest("section");
  const rows = section.querySelector(".rows");
  const number = button.dataset.next++;
  rows.insertAdjacentHTML("beforeend", section.querySelector("template").innerHTML.replaceAll("__n__", number));
  show(rows);
  rows.lastElementChild.querySelector("input, textarea").focus();
});

// What a row is called follows what is typed.
form.addEventListener("input", ({ target }) => {
  const row = target.closest("[data-row]");
  const name = row && nameOf(row);
  if (!name) return;
  const head = row.querySelector("[data-name]");
  if (head.matches("summary")) head.textContent = name;
  else head.setAttribute("aria-label", name);
  for (const each of row.querySelectorAll(".tools .unseen")) each.textContent = ` ${name}`;
});
