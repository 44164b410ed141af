// The codes beside the text: choosing one by hand, by key or by a part of its name.

const { element } = await import(`./drawing.js${new URL(import.meta.url).search}`);

const KEYS = "1234567890abcdefghijklmnopqrstuvwxyz";

export class Panel {
  constructor(view) {
    this.view = view;
    const { words } = view;
    this.chosen = element("p", { class: "zq-chosen", "aria-live": "polite" });
    this.filter = element("input", {
      type: "text",
      class: "zq-filter",
      placeholder: words.find,
      "aria-label": words.find,
      autocomplete: "off",
      enterkeyhint: "done",
    });
    this.list = element("div", { class: "zq-codes", role: "group", "aria-label": words.codes });
    this.here = element("div", { class: "zq-here" });
    this.undo = element("button", { type: "button", class: "zq-quiet-button" }, words.undo);
    this.status = element("p", { class: "zq-status", role: "status" });
    this.root = element(
      "aside",
      { class: "zq-panel", "aria-label": words.codes },
      this.chosen,
      this.here,
      this.filter,
      this.list,
      element("div", { class: "zq-foot" }, this.undo, this.status),
    );
    this.filter.addEventListener("input", () => this.draw());
    this.filter.addEventListener("keydown", (event) => this.typed(event));
    this.undo.addEventListener("click", () => view.undo());
    // A press must not take away what was chosen in the text.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-code]");
      if (button) view.toggle(button.dataset.code);
    });
  }

  typed(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      const first = this.list.querySelector("[data-code]");
      if (first) this.view.toggle(first.dataset.code);
      this.filter.value = "";
      this.draw();
      this.view.focusText();
    } else if (event.key === "Escape") {
      this.filter.value = "";
      this.draw();
      this.view.focusText();
    }
    event.stopPropagation();
  }

  // Draw the codes that the filter leaves; those that the chosen words have are pressed.
  draw() {
    const { view } = this;
    const wanted = this.filter.value.trim().toLocaleLowerCase();
    const pressed = new Set(view.exact().map((mark) => mark.code));
    const buttons = [...view.codes.values()]
      .map((code, index) => [code, KEYS[index]])
      .filter(([code]) => code.name.toLocaleLowerCase().includes(wanted))
      .map(([code, key]) => this.button(code, key, pressed.has(code.id)));
    this.list.replaceChildren(...buttons);
    this.root.classList.toggle("zq-with-words", Boolean(view.stretches.length || view.inspected));
    this.chosen.textContent = view.stretches.length ? view.quoted() : view.invitation();
  }

  button(code, key, pressed) {
    const dot = element("span", { class: "zq-dot", "aria-hidden": "true" });
    dot.style.background = this.view.colour(code.id);
    const made = element("button", {
      type: "button",
      class: "zq-code",
      "data-code": code.id,
      "aria-pressed": String(pressed),
      title: code.description || null,
    });
    made.style.marginInlineStart = `${code.depth * 0.9}rem`;
    made.append(dot, element("span", { class: "zq-code-name" }, code.name));
    if (pressed) made.append(element("span", { "aria-hidden": "true" }, "✓"));
    if (key) made.append(element("kbd", { "aria-hidden": "true" }, key));
    if (this.view.locked) made.disabled = true;
    return made;
  }

  keyed(key) {
    const index = KEYS.indexOf(key);
    return index < 0 ? undefined : [...this.view.codes.values()][index];
  }

  // Show marks that somebody pressed, each with its memo and a way to take it away.
  inspect(marks) {
    const { words, codes } = this.view;
    this.here.replaceChildren(
      ...marks.map((mark) => {
        const code = codes.get(mark.code);
        const title = element("p", { class: "zq-here-name" });
        const dot = element("span", { class: "zq-dot", "aria-hidden": "true" });
        dot.style.background = this.view.colour(mark.code);
        title.append(dot, code ? code.name : words.gone);
        const by = this.view.by(mark);
        if (by) title.append(element("span", { class: "zq-by" }, by));
        const card = element("div", { class: "zq-card", "data-card": mark.id }, title);
        if (mark.mine && !this.view.locked) card.append(...this.changing(mark));
        else if (mark.memo) card.append(element("p", { class: "zq-memo-text" }, mark.memo));
        return card;
      }),
    );
  }

  changing(mark) {
    const { words } = this.view;
    const memo = element("textarea", { class: "zq-memo", "aria-label": words.memo, rows: "2" });
    memo.placeholder = words.memo;
    memo.value = mark.memo;
    memo.addEventListener("keydown", (event) => event.stopPropagation());
    memo.addEventListener("change", () => this.view.memo(mark, memo));
    const remove = element("button", { type: "button", class: "zq-quiet-button" }, words.remove);
    remove.addEventListener("click", () => this.view.remove([mark]));
    return [memo, remove];
  }
}
