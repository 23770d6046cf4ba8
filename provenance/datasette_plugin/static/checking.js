// Dropping files onto the form, and an answer for each picture as it comes. Without this file
// the form sends all of them at once and shows the answers together.

const form = document.querySelector("form.checking");
const input = form.querySelector("#image");
const drop = form.querySelector("[data-drop]");
const chosen = form.querySelector("[data-chosen]");
const progress = document.querySelector("[data-progress]");
const answers = progress.querySelector("[data-answers]");
const said = form.dataset;

function showChosen() {
  chosen.replaceChildren(...[...input.files].map((file) => line(file.name)));
  chosen.hidden = input.files.length === 0;
}

function line(text) {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  name.dir = "auto";
  name.textContent = text;
  item.append(name);
  return item;
}

function told(item, text, kind) {
  let note = item.querySelector("p");
  if (!note) item.append((note = document.createElement("p")));
  note.className = kind;
  note.dir = "auto";
  note.textContent = text;
}

async function ask(file, fields) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("image", file, file.name);
  const headers = { "x-provenance-token": said.token, accept: "application/json" };
  const response = await fetch(said.json, { method: "POST", body, headers });
  return { ok: response.ok, record: await response.json() };
}

async function answer(file, fields, item) {
  if (file.size > Number(said.most)) return told(item, said.wordsTooBig, "wrong");
  told(item, said.wordsBusy, "quiet busy");
  try {
    const { record } = await ask(file, fields);
    return shown(item, record);
  } catch {
    return told(item, said.wordsFailed, "wrong");
  }
}

// The check that was made, or null where there is none.
function shown(item, record) {
  const check = record.checks?.[0];
  if (!check) {
    const problems = Object.values(record.problems ?? {}).join(" ");
    told(item, record.refused?.[0]?.detail ?? record.error ?? (problems || said.wordsFailed), "wrong");
    return null;
  }
  told(item, check.finding.sentence, check.check ? "answer" : "wrong");
  if (check.check) {
    const link = document.createElement("a");
    link.className = "button";
    link.href = said.checks + check.check;
    link.textContent = said.wordsOpen;
    item.append(link);
  }
  return check.check;
}

async function checkAll() {
  const files = [...input.files];
  const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const items = files.map((file) => line(file.name));
  answers.replaceChildren(...items);
  progress.hidden = false;
  progress.scrollIntoView({ block: "start" });
  let last = null;
  for (const [at, file] of files.entries()) last = await answer(file, fields, items[at]);
  if (files.length === 1 && last) location.assign(said.checks + last);
}

form.addEventListener("submit", (event) => {
  if (input.files.length === 0) return;
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  checkAll().finally(() => (button.disabled = false));
});

input.addEventListener("change", showChosen);

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  drop.addEventListener(kind, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  showChosen();
});
