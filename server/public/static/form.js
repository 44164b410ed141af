// A questionnaire on a visitor's own device: what is written stays until the server has it.

const search = new URL(import.meta.url).search;
const { find, forget, keep, keys } = await import(`./keeping.js${search}`);
const { follow, missing, restore, takeFromAddress, written } = await import(`./following.js${search}`);
const { again, begin, post } = await import(`./sending.js${search}`);

const told = JSON.parse(document.getElementById("script").dataset.told);
const form = document.querySelector("form");
const news = document.getElementById("news");
const button = form.querySelector(".primary");
const address = `/q/${told.slug}`;
const PAUSE = 4000;

form.noValidate = true;
begin(form.elements.ticket.value, told.bits);

let draw = 0;
let line = Promise.resolve();

// Ask the server what follows, one after the other: what a button asked for is not overtaken.
function refresh(does = "") {
  line = line.then(() => redraw(does)).catch(() => {});
  return line;
}

async function redraw(does) {
  const mine = draw;
  const pairs = written(form).filter(([, value]) => typeof value === "string");
  const { status, answer } = await post(`${address}/part`, does ? [...pairs, ["do", does]] : pairs, told.bits);
  if (status === 200 && mine === draw) put(answer.form, does);
}

// What a field is called once a turn before it was removed; null for one of that turn.
function moved(name, does) {
  const [, whole, gone] = /^remove:(.*)\[(\d+)\]$/.exec(does) ?? [];
  const start = name.slice(0, 2) + whole + "[";
  if (!whole || !name.startsWith(start)) return name;
  const [, turn, rest] = /^(\d+)(.*)$/s.exec(name.slice(start.length));
  if (Number(turn) === Number(gone)) return null;
  return start + (Number(turn) > Number(gone) ? turn - 1 : turn) + rest;
}

// Put newly drawn questions in, with what was written meanwhile, the fields of files and the place
// that was being written in. A field of a file stays the same one, chosen or not: the phone may
// just be showing its pictures for it.
function put(html, does = "") {
  const questions = document.getElementById("questions");
  const names = new Set([...questions.querySelectorAll("[name]")].map((field) => moved(field.name, does)));
  const now = written(form).map(([name, value]) => [moved(name, does), value]).filter(([name]) => name);
  const active = document.activeElement?.id;
  const files = [...questions.querySelectorAll("input[type=file]")].map((field) => [moved(field.name, does), field]);
  questions.innerHTML = html;
  for (const [name, field] of files) if (name) takePlace(field, questions.querySelector(`input[type=file][name="${CSS.escape(name)}"]`));
  restore(form, now, names);
  follow(form);
  if (active) document.getElementById(active)?.focus({ preventScroll: true });
}

function takePlace(field, drawn) {
  if (!drawn) return;
  ({ id: field.id, name: field.name, required: field.required } = drawn);
  drawn.replaceWith(field);
}

async function changed(event) {
  if (form.hidden) return;
  follow(form);
  if (form.querySelector(".wrong")) event?.target?.closest(".question")?.querySelector(".wrong")?.remove();
  await keep("drafts", told.slug, written(form).filter(([name, value]) => typeof value === "string" && /^(a:|p:|turns:|name$)/.test(name))).catch(() => {});
  if (told.live && event?.type === "change") await refresh();
}

function show(answer) {
  document.querySelector("h1").textContent = answer.title;
  form.hidden = true;
  form.previousElementSibling?.matches(".above") && form.previousElementSibling.remove();
  const place = document.createElement("div");
  place.innerHTML = answer.html;
  form.after(place);
  document.querySelector("nav")?.remove();
  scrollTo(0, 0);
}

async function deliver(key, pairs) {
  const { status, answer, wait } = await post(address, pairs, told.bits);
  if (again(status)) {
    news.textContent = status === 0 ? told.words.kept : told.words.busy;
    setTimeout(() => deliver(key, pairs), Math.max(wait * 1000, PAUSE));
    return;
  }
  await forget("sending", key).catch(() => {});
  news.textContent = "";
  if (status === 200) {
    await forget("drafts", told.slug).catch(() => {});
    show(answer);
    return;
  }
  button.disabled = false;
  if (status === 422 && answer.form !== undefined) {
    put(answer.form);
    follow(form);
    (form.querySelector(".wrong")?.closest(".question") ?? form).scrollIntoView({ block: "center" });
    news.textContent = answer.name || "";
  } else if (status === 410) location.reload();
  else news.textContent = answer.message ?? "";
}

form.addEventListener("change", changed);
form.addEventListener("input", changed);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const does = event.submitter?.value ?? "send";
  if (does !== "send") { await refresh(does); await changed(); return; }
  const first = missing(form);
  if (first) {
    news.textContent = told.words.missing;
    first.scrollIntoView({ block: "center", behavior: "smooth" });
    first.querySelector("input, textarea, select")?.focus({ preventScroll: true });
    return;
  }
  draw += 1; // what is still being drawn comes too late
  button.disabled = true;
  news.textContent = told.words.sending;
  const pairs = written(form);
  const key = `${told.slug}/${form.elements.instance.value}`;
  await keep("sending", key, pairs).catch(() => {});
  await deliver(key, pairs);
});

// What was on its way when the page went away is sent first; what was being written comes back.
const waiting = (await keys("sending").catch(() => [])).find((key) => key.startsWith(`${told.slug}/`));
if (waiting) {
  const pairs = await find("sending", waiting);
  restore(form, pairs);
  follow(form);
  button.disabled = true;
  news.textContent = told.words.sending;
  await deliver(waiting, pairs);
} else {
  const draft = await find("drafts", told.slug).catch(() => null);
  if (draft) restore(form, draft);
  else takeFromAddress(form);
  follow(form);
  if (draft && told.live) await refresh();
}
