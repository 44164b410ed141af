// One text on the page: its words with lines below what is marked, and the names of the codes.

const { Offsets, rangeOf, unitsTo } = await import(
  `./offsets.js${new URL(import.meta.url).search}`
);

const MOST_LINES = 4;

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export class Part {
  constructor(data, index, view) {
    this.data = data;
    this.index = index;
    this.view = view;
    this.offsets = new Offsets(data.text);
    this.marks = [];
    this.words = element("div", { class: "zq-words", lang: "", dir: "auto" });
    this.names = element("div", { class: "zq-names" });
    this.root = element(
      "section",
      { class: data.key ? "zq-part" : "zq-part zq-context" },
      element("p", { class: "zq-who" }, view.heading(data)),
      this.words,
      this.names,
    );
    this.draw();
  }

  get key() {
    return this.data.key;
  }

  set(marks) {
    this.marks = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
    this.draw();
  }

  draw() {
    const bounds = new Set([0, this.data.text.length]);
    const placed = this.marks.map((mark) => {
      const start = this.offsets.units(mark.start);
      const end = this.offsets.units(mark.end);
      bounds.add(start).add(end);
      return { mark, start, end, level: 0 };
    });
    level(placed);
    const places = [...bounds].sort((a, b) => a - b);
    const pieces = [];
    let open = [];
    let next = 0;
    for (let at = 0; at + 1 < places.length; at += 1) {
      const [start, end] = [places[at], places[at + 1]];
      open = open.filter((each) => each.end > start);
      while (next < placed.length && placed[next].start <= start) open.push(placed[next++]);
      pieces.push(this.piece(this.data.text.slice(start, end), open));
    }
    this.words.replaceChildren(...pieces);
    this.names.replaceChildren(...this.marks.map((mark) => this.name(mark)));
  }

  piece(text, open) {
    if (!open.length) return document.createTextNode(text);
    const made = element("span", { class: "zq-marked" }, text);
    made.dataset.marks = open.map(({ mark }) => mark.id).join(" ");
    const lines = open.filter((each) => each.level < MOST_LINES);
    made.style.backgroundImage = lines
      .map(({ mark }) => {
        const colour = this.view.colour(mark.code);
        return `linear-gradient(${colour}, ${colour})`;
      })
      .join(",");
    made.style.backgroundPosition = lines
      .map(({ level: at }) => `0 calc(100% - ${(MOST_LINES - 1 - at) * 4}px)`)
      .join(",");
    return made;
  }

  name(mark) {
    const { view } = this;
    const code = view.codes.get(mark.code);
    const name = element("button", { type: "button", class: "zq-name", "data-mark": mark.id });
    const dot = element("span", { class: "zq-dot", "aria-hidden": "true" });
    dot.style.background = view.colour(mark.code);
    name.append(dot, code ? code.name : view.words.gone);
    const by = view.by(mark);
    if (by) name.append(element("span", { class: "zq-by" }, by));
    if (mark.memo) name.append(element("span", { class: "zq-by" }, view.words.has_memo));
    const quoted = this.slice(mark.start, mark.end);
    name.title = quoted.length > 200 ? `${quoted.slice(0, 200)} …` : quoted;
    return name;
  }

  slice(start, end) {
    return this.data.text.slice(this.offsets.units(start), this.offsets.units(end));
  }

  // Which stretch of this text a range of the page covers, in code points; null where none.
  covered(range) {
    if (!range.intersectsNode(this.words)) return null;
    const inside = (node) => this.words.contains(node);
    const start = inside(range.startContainer)
      ? unitsTo(this.words, range.startContainer, range.startOffset)
      : 0;
    const end = inside(range.endContainer)
      ? unitsTo(this.words, range.endContainer, range.endOffset)
      : this.data.text.length;
    return this.trimmed(start, end);
  }

  // The place of a point of the page in this text, in UTF-16 units.
  unit(node, offset) {
    return unitsTo(this.words, node, offset);
  }

  trimmed(start, end) {
    const words = this.data.text.slice(start, end);
    const begin = start + words.length - words.trimStart().length;
    const finish = begin + words.trim().length;
    if (begin >= finish) return null;
    return { part: this, start: this.offsets.points(begin), end: this.offsets.points(finish) };
  }

  range(start, end) {
    return rangeOf(this.words, this.offsets.units(start), this.offsets.units(end));
  }
}

// Marks that overlap lie on different lines.
function level(placed) {
  const ends = [];
  for (const each of placed) {
    let free = ends.findIndex((end) => end <= each.start);
    if (free < 0) free = ends.length;
    ends[free] = each.end;
    each.level = free;
  }
}
