// A kiosk: one visitor after another, nothing kept of any but what waits for the network.

const search = new URL(import.meta.url).search;
const { find, forget, keep, keys } = await import(`./keeping.js${search}`);
const { follow, missing, written } = await import(`./following.js${search}`);
const { again, begin, post } = await import(`./sending.js${search}`);

const told = JSON.parse(document.getElementById("script").dataset.told);
const address = `/k/${told.slug}`;
const door = document.getElementById("door");
const place = document.getElementById("place");
const idle = document.getElementById("idle");
const waiting = document.getElementById("waiting");
const heading = document.querySelector("h1");
const LETTERS = "abcdefghjkmnpqrstuvwxyz";
const quick = new URLSearchParams(location.search).get("idle");
const IDLE = quick ? Number(quick) * 1000 : 60_000;
const WARNING = Math.min(15_000, IDLE / 2);
const THANKS = Math.min(20_000, IDLE);
const ROUND = 3_000;

let touched = Date.now();
let until = IDLE;
let version = "";
let sendingNow = false;

document.title = "真情";
begin(told.ticket, told.bits);
hold().catch(() => {});

// Keep this page and what it is made of, so that it starts without a network.
async function hold() {
  await navigator.serviceWorker.register("/k/worker.js");
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const box = await caches.open("kiosk-1");
  await box.addAll([location.href, ...new Set(parts.filter((name) => new URL(name).pathname.startsWith("/public/")))]);
}

function random(count) {
  const values = crypto.getRandomValues(new Uint32Array(count));
  return [...values].map((value) => LETTERS[value % LETTERS.length]).join("");
}

// An identifier as RFC 9562 writes random ones; randomUUID() is missing on pages without TLS.
function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}

// Start again: nothing of the last visitor stays in the page.
function restart() {
  place.replaceChildren();
  place.hidden = idle.hidden = true;
  door.hidden = false;
  heading.textContent = "";
  until = IDLE;
  scrollTo(0, 0);
  document.documentElement.lang = Object.keys(told.titles)[0];
}

function open(language) {
  document.documentElement.lang = language;
  heading.textContent = told.titles[language];
  door.hidden = true;
  place.replaceChildren(document.querySelector(`template[data-language="${CSS.escape(language)}"]`).content.cloneNode(true));
  place.hidden = false;
  const form = place.querySelector("form");
  form.noValidate = true;
  for (const field of form.querySelectorAll("input, textarea")) field.spellcheck = false;
  follow(form);
  form.addEventListener("change", () => follow(form));
  form.addEventListener("input", (event) => event.target.closest(".question")?.querySelector(".wrong")?.remove());
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form, language); });
  form.querySelector("[data-stop]").addEventListener("click", restart);
  scrollTo(0, 0);
}

async function send(form, language) {
  const first = missing(form);
  if (first) {
    first.scrollIntoView({ block: "center", behavior: "smooth" });
    return;
  }
  const receipt = random(12);
  const instance = identifier();
  const pairs = [...written(form), ["instance", instance], ["receipt", receipt], ["language", language]];
  form.querySelector(".primary").disabled = true;
  await keep("sending", `${told.slug}/${instance}`, { pairs, at: Date.now() });
  thank(language, receipt);
  deliver();
}

function thank(language, receipt) {
  heading.textContent = told.words[language].thanks;
  place.replaceChildren(document.querySelector(`template[data-thanks="${CSS.escape(language)}"]`).content.cloneNode(true));
  place.querySelector(".code").textContent = receipt.match(/.{4}/g).join("-");
  place.querySelector("[data-done]").addEventListener("click", restart);
  touched = Date.now();
  until = THANKS;
  scrollTo(0, 0);
}

// Bring what waits to the server, the oldest first; it is wiped here once the server has it.
async function deliver() {
  if (sendingNow) return;
  sendingNow = true;
  try {
    for (;;) {
      const own = (await keys("sending")).filter((key) => key.startsWith(`${told.slug}/`));
      const records = await Promise.all(own.map(async (key) => [key, await find("sending", key)]));
      records.sort(([, one], [, other]) => one.at - other.at);
      const language = document.documentElement.lang;
      waiting.textContent = records.length && !navigator.onLine ? told.words[language].waiting.replace("{count}", records.length) : "";
      if (!records.length) return;
      const [key, { pairs, at }] = records[0];
      const age = Math.max(0, Math.floor((Date.now() - at) / 1000));
      const { status } = await post(address, [...pairs, ["age", String(age)]], told.bits);
      if (again(status)) {
        waiting.textContent = told.words[language].waiting.replace("{count}", records.length);
        return;
      }
      await forget("sending", key);
    }
  } finally {
    sendingNow = false;
  }
}

// A kiosk that nobody uses takes over what has changed meanwhile.
async function look() {
  if (door.hidden) return;
  try {
    const answer = await (await fetch(`${address}/ticket`, { cache: "no-store" })).json();
    if (version && (answer.version !== version || !answer.open)) location.reload();
    ({ version } = answer);
  } catch { /* no network: nothing has to change */ }
}

door.addEventListener("click", (event) => {
  const language = event.target.closest("[data-language]")?.dataset.language;
  if (!language) return;
  document.documentElement.requestFullscreen?.().catch(() => {});
  navigator.wakeLock?.request("screen").catch(() => {});
  open(language);
});
for (const kind of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(kind, () => { touched = Date.now(); idle.hidden = true; }, { passive: true, capture: true });
}
setInterval(() => {
  if (!door.hidden) return;
  const still = Date.now() - touched;
  const language = document.documentElement.lang;
  if (still >= until) restart();
  else if (until === IDLE && still >= until - WARNING) {
    idle.textContent = told.words[language].idle;
    idle.hidden = false;
  }
}, 250);
setInterval(deliver, ROUND);
setInterval(look, 60_000);
addEventListener("online", deliver);

// It cannot be left: going back stays here, and nothing can be dragged, opened or looked up.
history.pushState(null, "", location.href);
addEventListener("popstate", () => history.pushState(null, "", location.href));
addEventListener("pageshow", (event) => { if (event.persisted) restart(); });
for (const kind of ["contextmenu", "dragstart", "drop"]) addEventListener(kind, (event) => event.preventDefault());

restart();
await deliver();
await look();
