// Which pictures a reader has revealed, remembered for this visit (this tab) and nowhere else.

const KEY = "provenance-revealed";

function remembered() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(KEY) || "[]"));
  } catch {
    return new Set();
  }
}

function remember(name, shown) {
  const revealed = remembered();
  if (shown) revealed.add(name);
  else revealed.delete(name);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...revealed]));
  } catch {
    // A browser that keeps nothing still reveals.
  }
}

function show(name, shown) {
  for (const box of document.querySelectorAll(`.reveal[data-picture="${CSS.escape(name)}"]`)) {
    box.checked = shown;
  }
}

for (const name of remembered()) show(name, true);

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches(".reveal[data-picture]")) return;
  remember(box.dataset.picture, box.checked);
  show(box.dataset.picture, box.checked);
});
