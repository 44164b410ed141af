// A wall display: asks every few seconds, changes only what changed, and lets the words take turns.

const told = JSON.parse(document.getElementById("script").dataset.told);
const people = document.getElementById("people");
const charts = document.getElementById("charts");
const words = document.getElementById("words");
const EVERY = 5_000;
const TURN = 9_000;
const AT_ONCE = 3;

let now = null;
let first = 0;

function element(kind, name, text) {
  const made = document.createElement(kind);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function drawChart({ question, kind, bars }) {
  const figure = element("figure", `chart ${kind}`);
  figure.append(element("figcaption", "", question));
  const rows = element("div", "bars");
  const highest = Math.max(...bars.map((bar) => bar.share ?? 0), 0.01);
  for (const { label, share } of bars) {
    const row = element("div", "bar");
    const fill = element("span", "fill");
    fill.style.setProperty("--share", share === null ? 0 : share / highest);
    const said = share === null ? told.few : share === 0 ? "" : `${Math.round(share * 100)} %`;
    row.append(element("span", "label", label), element("span", "track"), element("span", "said", said));
    row.children[1].append(fill);
    rows.append(row);
  }
  figure.append(rows);
  return figure;
}

function drawWords() {
  const shown = now?.words ?? [];
  words.replaceChildren();
  if (now?.themes.length) {
    words.append(element("h2", "", told.themes));
    const list = element("ul", "themes");
    for (const { title, people: count } of now.themes) {
      const item = element("li", "", title);
      item.append(element("span", "count", String(count)));
      list.append(item);
    }
    words.append(list);
  }
  for (let i = 0; i < Math.min(AT_ONCE, shown.length); i += 1) {
    const { text, language } = shown[(first + i) % shown.length];
    const quote = element("blockquote", "", text);
    quote.lang = language;
    words.append(quote);
  }
}

async function look() {
  try {
    const response = await fetch(`/wall/${told.slug}/now?lang=${encodeURIComponent(told.language)}`, { cache: "no-store" });
    if (!response.ok) return;
    const answer = await response.json();
    if (JSON.stringify(answer) === JSON.stringify(now)) return;
    now = answer;
    people.textContent = answer.people ? answer.answered : told.first;
    charts.replaceChildren(...answer.charts.map(drawChart));
    // A question that does not fit whole is left out: half of one says something else.
    const end = charts.getBoundingClientRect().bottom;
    while (charts.childElementCount > 1 && charts.lastElementChild.getBoundingClientRect().bottom > end) charts.lastElementChild.remove();
    drawWords();
  } catch { /* no network: what was shown stays */ }
}

setInterval(look, EVERY);
setInterval(() => {
  const count = now?.words.length ?? 0;
  if (count > AT_ONCE) { first = (first + AT_ONCE) % count; drawWords(); }
}, TURN);
await look();
