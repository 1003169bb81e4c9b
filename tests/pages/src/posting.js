// What every test page offers the tests: what was posted, how often the page heard of a press, and the editor's own model.
window.posts = [];
window.heard = [];

/** A page script that listens as early and as greedily as it can; a held press must not reach it. */
for (const type of ["pointerdown", "mousedown", "click", "keydown", "submit"]) {
  window.addEventListener(
    type,
    (event) => {
      const isKey = type === "keydown";
      if (!isKey || event.key === "Enter") window.heard.push(isKey ? `keydown ${event.key}` : type);
    },
    true,
  );
}

export function post(text) {
  window.posts.push(text);
  const toast = document.querySelector("[role=status]");
  if (toast) toast.textContent = `#${window.posts.length}`;
}
