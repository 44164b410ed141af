// Coding on the page: a text to read, words to choose in it, codes beside it.

const version = new URL(import.meta.url).search;
const { Desk } = await import(`./desk.js${version}`);
const { Part, element } = await import(`./drawing.js${version}`);
const { Caret } = await import(`./choosing.js${version}`);
const { Panel } = await import(`./panel.js${version}`);

const views = new WeakMap(); // by the element they are drawn in
const alive = new Set();
const COLOURS = ["jade", "indigo", "ochre", "plum", "slate"];
const MOST_QUOTED = 120;

class View {
  constructor(component) {
    this.data = component.data;
    this.parent = component.parentElement;
    this.words = this.data.words;
    this.codes = new Map();
    this.marks = new Map();
    this.parts = [];
    this.stretches = [];
    this.inspected = false;
    this.root = element("div", { class: "zq-coding" });
    this.parent.append(this.root);
    this.desk = new Desk(this.data.kind, this.data.key, () => this.say());
    this.panel = new Panel(this);
    this.texts = element("div", {
      class: "zq-texts",
      tabindex: "0",
      role: "group",
      "aria-label": this.words.reading,
    });
    this.lost = element("div", { class: "zq-lost" });
    this.root.append(element("div", { class: "zq-read" }, this.lost, this.texts), this.panel.root);
    this.listen();
    this.load();
    alive.add(this);
  }

  get locked() {
    return this.finished;
  }

  async load() {
    this.panel.status.textContent = this.words.opening;
    let opened;
    try {
      opened = await this.desk.open();
    } catch (error) {
      this.panel.status.textContent = error.message;
      return;
    }
    this.finished = opened.finished;
    this.people = opened.people;
    this.codes = new Map(opened.codes.map((code) => [code.id, code]));
    this.marks = new Map(opened.marks.map((mark) => [mark.id, mark]));
    this.parts = opened.parts.map((part, index) => new Part(part, index, this));
    this.byKey = new Map(this.parts.filter((part) => part.key).map((part) => [part.key, part]));
    this.caret = new Caret([...this.byKey.values()]);
    for (const part of this.byKey.values()) this.redraw(part);
    this.texts.replaceChildren(...this.parts.map((part) => part.root));
    this.showLost(opened.lost);
    this.panel.undo.hidden = this.locked;
    this.choose([]);
    this.say();
    this.root.dataset.opened = String(Math.round(performance.now()));
  }

  redraw(part) {
    this.byPart ??= new Map();
    if (!this.byPart.size) this.sort();
    part.set(this.byPart.get(part.key) ?? []);
  }

  sort() {
    for (const mark of this.marks.values()) {
      if (!this.byPart.has(mark.text)) this.byPart.set(mark.text, []);
      this.byPart.get(mark.text).push(mark);
    }
  }

  changed(keys) {
    this.byPart = new Map();
    for (const key of new Set(keys)) {
      const part = this.byKey.get(key);
      if (part) this.redraw(part);
    }
    this.light();
    this.panel.draw();
  }

  heading(part) {
    const { words } = this;
    if (!part.key) return words.roles[part.role] ?? words.roles.other;
    const asked = part.question[this.data.language] ?? Object.values(part.question)[0];
    if (asked) return asked;
    const known = this.people[part.person];
    if (!known) return words.speaker.replace("{number}", part.person);
    const team = known.team[this.data.language] ?? Object.values(known.team)[0] ?? "";
    return [known.code, team, known.role, ...known.nationalities].filter(Boolean).join(" · ");
  }

  by(mark) {
    if (mark.decided) return this.words.decided;
    if (mark.mine) return "";
    return mark.coder || this.words.coder.replace("{number}", mark.number || "–");
  }

  colour(code) {
    const name = this.codes.get(code)?.colour;
    const all = getComputedStyle(this.root).getPropertyValue("--st-chart-categorical-colors");
    this.palette ??= all.split(",").map((each) => each.trim()).filter(Boolean);
    return this.palette[Math.max(0, COLOURS.indexOf(name))] ?? "currentColor";
  }

  listen() {
    this.selected = () => this.fromPage();
    document.addEventListener("selectionchange", this.selected);
    this.texts.addEventListener("keydown", (event) => this.key(event));
    this.texts.addEventListener("click", (event) => this.pressed(event));
    this.texts.addEventListener("pointerdown", ({ pointerType }) => {
      this.finger = pointerType === "touch";
    });
    this.texts.addEventListener("pointerover", (event) => this.point(event));
    this.texts.addEventListener("focusin", (event) => this.point(event));
  }

  // What was chosen with the mouse or a finger.
  fromPage() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!this.texts.contains(range.commonAncestorContainer)) return;
    const found = [...this.byKey.values()].map((part) => part.covered(range)).filter(Boolean);
    if (!found.length) return;
    this.caret.follow(found[0].part, found[0].start, found[0].end);
    this.choose(found);
  }

  choose(stretches) {
    this.stretches = stretches;
    this.inspected = false;
    this.panel.here.replaceChildren();
    this.light();
    this.panel.draw();
  }

  // Show what is chosen, also while the keyboard is elsewhere.
  light() {
    if (!CSS.highlights) return;
    const ranges = this.stretches.map(({ part, start, end }) => part.range(start, end));
    CSS.highlights.set("zq-chosen", new Highlight(...ranges.filter(Boolean)));
  }

  key(event) {
    if (event.target !== this.texts || event.isComposing) return;
    const arrows = {
      ArrowRight: ["word", true],
      ArrowLeft: ["word", false],
      ArrowDown: ["sentence", true],
      ArrowUp: ["sentence", false],
    };
    const command = event.ctrlKey || event.metaKey;
    if (arrows[event.key] && !command && !event.altKey) {
      event.preventDefault();
      this.move(...arrows[event.key], event.shiftKey);
    } else if (command && event.key.toLowerCase() === "z") {
      event.preventDefault();
      this.undo();
    } else if (event.key === "Escape") {
      document.getSelection()?.removeAllRanges();
      this.caret.clear();
      this.choose([]);
    } else if (event.key === "Enter" && !command) {
      event.preventDefault();
      this.panel.filter.focus();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.inspect(this.around(), true);
    } else if (!command && !event.altKey && event.key.length === 1) {
      const code = this.panel.keyed(event.key.toLowerCase());
      if (code && this.stretches.length) {
        event.preventDefault();
        this.toggle(code.id);
      }
    }
  }

  move(granularity, forwards, extend) {
    const chosen = this.caret.move(granularity, forwards, extend);
    if (!chosen) return;
    document.getSelection()?.removeAllRanges();
    this.choose([chosen]);
    this.reveal(chosen);
    const range = chosen.part.range(chosen.start, chosen.end);
    if (!CSS.highlights && range) document.getSelection()?.addRange(range);
  }

  // Bring what was chosen to where the panel does not lie on it.
  reveal({ part, start, end }) {
    const range = part.range(start, end);
    const box = range?.getBoundingClientRect();
    const low = innerWidth < 900 ? this.panel.root.getBoundingClientRect().top : innerHeight - 80;
    if (!box || (box.top >= 80 && box.bottom <= low)) return;
    const near = range.startContainer.parentElement;
    near.style.scrollMarginBottom = `${innerHeight - low + 16}px`;
    near.style.scrollMarginTop = "80px";
    near.scrollIntoView({ block: box.top < 80 ? "start" : "end" });
  }

  pressed(event) {
    const name = event.target.closest("[data-mark]");
    if (name) {
      this.open([this.marks.get(name.dataset.mark)], event.detail === 0);
      return;
    }
    const selection = document.getSelection();
    if (selection && !selection.isCollapsed) return;
    const marked = event.target.closest("[data-marks]");
    this.caret.clear();
    this.choose([]);
    if (marked) {
      this.open(marked.dataset.marks.split(" ").map((id) => this.marks.get(id)));
    } else if (this.finger) {
      this.tapped(event);
    }
  }

  // A finger that only taps chooses the sentence below it.
  tapped(event) {
    const part = [...this.byKey.values()].find((each) => each.words.contains(event.target));
    const at = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    if (!part || !at || !part.words.contains(at.startContainer)) return;
    const chosen = this.caret.sentence(part, part.unit(at.startContainer, at.startOffset));
    if (!chosen) return;
    this.choose([chosen]);
    this.reveal(chosen);
  }

  // Show which words a name below the text belongs to.
  point(event) {
    const name = event.target.closest?.("[data-mark]");
    if (!CSS.highlights) return;
    const mark = name && this.marks.get(name.dataset.mark);
    const range = mark && this.byKey.get(mark.text).range(mark.start, mark.end);
    CSS.highlights.set("zq-pointed", new Highlight(...(range ? [range] : [])));
  }

  // Choose the words of the shortest of some marks, and show all of them.
  open(marks, enter = false) {
    const length = (mark) => mark.end - mark.start;
    const [shortest] = [...marks].sort((a, b) => length(a) - length(b));
    const { text, start, end } = shortest;
    this.caret.follow(this.byKey.get(text), start, end);
    this.choose([{ part: this.byKey.get(text), start, end }]);
    this.inspect(marks, enter);
  }

  // Show marks with what can be done about them; `enter` puts the keyboard there.
  inspect(marks, enter = false) {
    this.inspected = marks.length > 0;
    this.panel.inspect(marks.filter(Boolean));
    this.panel.draw();
    if (enter) this.panel.here.querySelector("textarea, button")?.focus({ preventScroll: true });
  }

  // Marks that lie on the chosen words.
  around() {
    return this.stretches.flatMap(({ part, start, end }) =>
      part.marks.filter((mark) => mark.start < end && start < mark.end),
    );
  }

  // Own marks of exactly the chosen words.
  exact() {
    return this.stretches.flatMap(({ part, start, end }) =>
      part.marks.filter((mark) => mark.mine && mark.start === start && mark.end === end),
    );
  }

  async toggle(code) {
    if (!this.stretches.length || this.locked) return;
    const there = this.exact().filter((mark) => mark.code === code);
    if (there.length === this.stretches.length) {
      await this.remove(there);
      return;
    }
    const stretches = this.stretches.map(({ part, start, end }) => ({
      text: part.key,
      mark: part.data.mark,
      start,
      end,
    }));
    const answer = await this.attempt(this.desk.mark(stretches, [code]));
    if (answer) this.take(answer.marks);
  }

  take(marks) {
    for (const mark of marks) this.marks.set(mark.id, mark);
    this.widen(marks);
    this.changed(marks.map((mark) => mark.text));
  }

  // What was chosen inside of a masked name is marked as a whole: choose what was marked.
  widen(marks) {
    if (this.stretches.length !== 1 || marks.length !== 1) return;
    const [{ part, start, end }] = this.stretches;
    const [mark] = marks;
    const inside = mark.text === part.key && mark.start <= start && end <= mark.end;
    if (inside) this.stretches = [{ part, start: mark.start, end: mark.end }];
  }

  async remove(marks) {
    const answer = await this.attempt(this.desk.unmark(marks.map((mark) => mark.id)));
    if (!answer) return;
    this.drop(answer.gone);
    this.inspected = false;
    this.panel.here.replaceChildren();
    this.panel.draw();
    this.focusText();
  }

  drop(ids) {
    const texts = ids.map((id) => this.marks.get(id)?.text).filter(Boolean);
    for (const id of ids) this.marks.delete(id);
    this.changed(texts);
  }

  async memo(mark, box) {
    const answer = await this.attempt(this.desk.memo(mark.id, box.value, mark.memo));
    if (!answer) return;
    box.value = answer.memo;
    this.remember(mark.id, answer.memo);
  }

  remember(id, memo) {
    const mark = this.marks.get(id);
    if (!mark) return;
    mark.memo = memo;
    this.changed([mark.text]);
  }

  async undo() {
    if (this.locked) return;
    const answer = await this.attempt(this.desk.undo());
    if (!answer) return;
    this.panel.here.replaceChildren();
    if (answer.mark) {
      this.remember(answer.mark, answer.memo);
      if (this.marks.has(answer.mark)) this.open([this.marks.get(answer.mark)]);
      return;
    }
    this.drop(answer.gone);
    this.take(answer.back);
  }

  // Do a step; where it is refused, say why, and load again what reads differently by now.
  async attempt(step) {
    try {
      return await step;
    } catch (error) {
      this.refusal = error.message;
      this.say();
      if (error.changed) await this.load();
      this.refusal = null;
      this.panel.status.textContent = error.message;
      return null;
    }
  }

  // Marks whose words a correction changed: mark what stands there now, or let them go.
  showLost(marks) {
    this.lost.replaceChildren();
    if (!marks.length) return;
    const { words } = this;
    this.lost.append(element("p", { class: "zq-lost-title" }, words.lost));
    for (const mark of marks) {
      const part = this.byKey.get(mark.text);
      const now = part.slice(mark.start, mark.end);
      const name = this.codes.get(mark.code)?.name ?? words.gone;
      const row = element("div", { class: "zq-card" });
      row.append(element("p", { class: "zq-here-name" }, name));
      row.append(element("p", { class: "zq-memo-text" }, now ? `“${now}”` : words.nothing));
      const act = (label, work) => {
        const button = element("button", { type: "button", class: "zq-quiet-button" }, label);
        button.addEventListener("click", work);
        row.append(button);
      };
      if (now && !this.locked) act(words.again, () => this.again(mark, part, row));
      act(words.let_go, () => this.letGo(mark, row));
      this.lost.append(row);
    }
  }

  async again(mark, part, row) {
    const stretch = { text: part.key, mark: part.data.mark, start: mark.start, end: mark.end };
    const answer = await this.attempt(this.desk.mark([stretch], [mark.code]));
    if (!answer) return;
    this.take(answer.marks);
    await this.letGo(mark, row);
  }

  async letGo(mark, row) {
    if (await this.attempt(this.desk.letGo([mark.id]))) row.remove();
    if (!this.lost.querySelector(".zq-card")) this.lost.replaceChildren();
  }

  invitation() {
    if (this.finished) return this.words.finished;
    return this.codes.size ? this.words.choose : this.words.no_codes;
  }

  quoted() {
    const text = this.stretches.map(({ part, start, end }) => part.slice(start, end)).join(" … ");
    return `“${text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)} …` : text}”`;
  }

  say() {
    const { desk, words } = this;
    let said = desk.savedAt ? words.saved.replace("{time}", this.clock(desk.savedAt)) : "";
    if (desk.waiting) said = desk.trouble ? words.unsaved : words.saving;
    if (this.refusal) said = this.refusal;
    this.panel.status.textContent = said;
    this.panel.status.dataset.waiting = String(desk.waiting);
  }

  clock(moment) {
    const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const zone = { timeZone: this.data.zone };
    return new Intl.DateTimeFormat("en-GB", { ...form, ...zone }).format(new Date(moment));
  }

  focusText() {
    this.texts.focus({ preventScroll: true });
  }

  leave() {
    document.removeEventListener("selectionchange", this.selected);
    CSS.highlights?.delete("zq-chosen");
    CSS.highlights?.delete("zq-pointed");
    this.desk.closed = true;
    alive.delete(this);
    this.root.remove();
  }
}

window.addEventListener("beforeunload", (event) => {
  if ([...alive].some((view) => view.desk.waiting)) event.preventDefault();
});

// Draw the component; a text that is another one, or finished by now, is loaded.
export function draw(component) {
  const parent = component.parentElement;
  const { kind, key, version: shown } = component.data;
  let view = views.get(parent);
  if (view && (view.data.kind !== kind || view.data.key !== key || view.data.version !== shown)) {
    view.leave();
    view = null;
  }
  if (!view) {
    view = new View(component);
    views.set(parent, view);
  }
  return () => {
    views.delete(parent);
    view.leave();
  };
}
