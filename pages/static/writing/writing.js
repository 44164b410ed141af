// The box on the screen: a text area or a line, what became of its text, and the choice between two.

const { Text } = await import(`./text.js${new URL(import.meta.url).search}`);

const texts = new Map(); // by place; a text outlives a box that the page draws anew
const views = new WeakMap(); // by the element they are drawn in
const FORGET = 3000; // milliseconds after which a text without a box is let go, once it is sent
const HAND_OVER = 800; // milliseconds the script waits at most for text that is on its way

const QUIET = 3000; // milliseconds after a press in which the script is not told anything
const ACTING = "button, a, input, select, label, [role]"; // what makes the script run when pressed

let count = 0;
let pressed = -QUIET;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function addressOf({ to, owner, assignment, day, instance, path }) {
  return { to, owner, assignment, day, instance, path };
}

const serverOf = (data) => ({ text: data.text, revision: data.revision, savedAt: data.saved_at });

function textOf(data) {
  const place = `${data.owner}/${data.instance}${data.path}`;
  const known = texts.get(place);
  if (known) {
    known.learn(serverOf(data));
    return known;
  }
  const text = new Text(addressOf(data), serverOf(data));
  texts.set(place, text);
  return text;
}

class View {
  constructor(parent) {
    this.parent = parent;
    this.composing = false;
    this.owed = null; // the timer of what the script is still to be told
    this.id = `zq-writing-${(count += 1)}`;
  }

  // Whether the person is in the box now: then nobody else may change what stands in it.
  get busy() {
    return this.composing || document.activeElement === this.box;
  }

  draw(component) {
    this.component = component;
    const { data } = component;
    if (!this.box || this.multiline !== data.multiline) this.build(data);
    this.text = textOf(data);
    this.text.view = this;
    this.label.textContent = data.label;
    this.hint.textContent = data.hint;
    this.options?.replaceChildren(...data.suggestions.map((value) => element("option", { value })));
    this.show();
    this.text.ready.then(() => this.show());
  }

  build(data) {
    this.multiline = data.multiline;
    const id = this.id;
    this.label = element("label", { for: id, class: "zq-unseen" });
    this.hint = element("span", { id: `${id}-hint`, class: "zq-unseen" });
    this.status = element("p", { id: `${id}-status`, class: "zq-status", role: "status" });
    // Browsers pass over "off" for what is masked and offer to keep it as a password.
    const autocomplete = data.masked ? "new-password" : "off";
    const about = { id, "aria-describedby": `${id}-hint`, autocomplete, class: "zq-box" };
    this.box = data.multiline
      ? element("textarea", { ...about, rows: data.rows })
      : element("input", { ...about, type: data.masked ? "password" : "text", enterkeyhint: "done" });
    if (data.keys) this.box.setAttribute("inputmode", data.keys);
    const parts = [this.label, this.box];
    if (!data.multiline && data.suggestions.length) {
      this.options = element("datalist", { id: `${id}-options` });
      this.box.setAttribute("list", `${id}-options`);
      parts.push(this.options);
    }
    this.choice = element("section", { class: "zq-choice", "aria-live": "polite" });
    this.root?.remove();
    this.root = element("div", { class: "zq-writing" }, ...parts, this.hint, this.status, this.choice);
    this.listen();
    this.parent.append(this.root);
  }

  listen() {
    const { box } = this;
    const take = () => {
      if (!box.readOnly) this.text.type(box.value);
    };
    box.addEventListener("input", take);
    box.addEventListener("change", take);
    box.addEventListener("compositionstart", () => (this.composing = true));
    box.addEventListener("compositionend", () => {
      this.composing = false;
      take();
    });
    box.addEventListener("blur", () => {
      if (!box.isConnected) return;
      this.composing = false;
      take();
      this.text.learn(serverOf(this.component.data));
      this.finish();
    });
    box.addEventListener("keydown", (event) => {
      const done = event.key === "Enter" && (!this.multiline || event.ctrlKey || event.metaKey);
      if (done && !event.isComposing) this.finish();
    });
  }

  // The person is done here for now: send what is unsent, then let the script know.
  finish() {
    if (this.text.unsent) {
      this.text.send();
      clearTimeout(this.owed);
      this.owed = setTimeout(() => this.handOver(), HAND_OVER);
    } else {
      this.handOver();
    }
  }

  acknowledged() {
    if (this.owed !== null || !this.busy) this.handOver();
  }

  // Tell the script the text and the revision it rests on, unless it knows that text. Telling it
  // would break off what a press has just made it do, and that run learns the text anyway.
  handOver() {
    clearTimeout(this.owed);
    this.owed = null;
    const { text, acked, conflict } = this.text;
    if (conflict || text === this.component.data.text || text === this.told) return;
    const quiet = pressed + QUIET - performance.now();
    if (quiet > 0) {
      this.owed = setTimeout(() => this.handOver(), quiet);
      return;
    }
    this.told = text;
    this.component.setStateValue("written", { text, base: acked.revision });
  }

  show() {
    const { box, text } = this;
    const { words, disabled } = this.component.data;
    box.readOnly = disabled || !text.begun;
    if (box.value !== text.text && !this.busy) box.value = text.text;
    if (this.component.data.text === text.text) this.told = undefined;
    const said = this.saying(words);
    if (this.status.textContent !== said) this.status.textContent = said;
    this.status.classList.toggle("zq-troubled", text.unsent && Boolean(text.trouble));
    this.showChoice(words);
  }

  saying(words) {
    const { text } = this;
    if (text.conflict) return "";
    if (text.unsent && text.trouble) {
      const where = text.onDevice ? words.unsent : words.unkept;
      return text.trouble.message ? `${where} ${text.trouble.message}` : where;
    }
    return text.acked.savedAt ? words.saved.replace("{time}", this.clock(text.acked.savedAt)) : "";
  }

  clock(moment) {
    const { zone } = this.component.data;
    const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
    return new Intl.DateTimeFormat("en-GB", form).format(new Date(moment));
  }

  // Both texts, and the two ways on; nothing is lost before the person has chosen.
  showChoice(words) {
    const { conflict } = this.text;
    if (conflict === this.shown) return;
    this.shown = conflict;
    this.choice.replaceChildren();
    if (!conflict) return;
    const time = this.clock(conflict.savedAt);
    const button = (label, act) => {
      const made = element("button", { type: "button", class: "zq-button" }, label);
      made.addEventListener("click", () => {
        act();
        this.handOver();
      });
      return made;
    };
    this.choice.append(
      element("p", { class: "zq-news" }, words.conflict),
      element("p", { class: "zq-quiet" }, words.elsewhere.replace("{time}", time)),
      element("blockquote", {}, conflict.text || words.nothing),
      element(
        "div",
        { class: "zq-ways" },
        button(words.mine, () => this.text.keepMine()),
        button(words.other, () => this.text.takeOther()),
      ),
    );
  }

  // Show the person why something cannot go on yet.
  reveal() {
    (this.text.conflict ? this.choice : this.box).scrollIntoView({ block: "center" });
    (this.choice.querySelector("button") ?? this.box).focus({ preventScroll: true });
  }

  leave() {
    const { text } = this;
    clearTimeout(this.owed);
    if (text.view === this) text.view = null;
    const letGo = async () => {
      if (text.view) return;
      if (text.unsent) setTimeout(letGo, FORGET);
      else if (texts.get(text.place) === text) texts.delete(text.place);
    };
    setTimeout(letGo, FORGET);
    text.send();
  }
}

// Buttons that act on the whole entry wait until the server has every text of it.
let released = null;

function notePress(event) {
  const target = event.target instanceof Element && event.target.closest(ACTING);
  if (target && !target.closest(".zq-writing")) pressed = performance.now();
}

async function holdBack(event) {
  const held = [...texts.values()].map((text) => text.view?.component.data.held).find(Boolean);
  const button = held && event.target instanceof Element && event.target.closest(held);
  if (!button || button === released) return;
  const open = [...texts.values()].filter((text) => text.view && (text.unsent || text.conflict));
  if (!open.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const settled = await Promise.all(open.map((text) => text.settle()));
  button.removeAttribute("aria-busy");
  if (settled.every(Boolean)) {
    released = button;
    button.click();
    released = null;
  } else {
    open[settled.indexOf(false)].view?.reveal();
  }
}

function sendAll(how) {
  for (const text of texts.values()) {
    if (how.leaving) text.keepNow();
    text.send(how);
  }
}

// The box is left before the click comes, with a finger at the same moment: pressing down counts.
document.addEventListener("pointerdown", notePress, true);
document.addEventListener("click", notePress, true);
document.addEventListener("click", holdBack, true);
window.addEventListener("pagehide", () => sendAll({ leaving: true }));
window.addEventListener("online", () => sendAll({}));
document.addEventListener("visibilitychange", () => sendAll({ leaving: document.hidden }));
window.addEventListener("beforeunload", (event) => {
  const atRisk = [...texts.values()].some((text) => text.unsent && !text.onDevice);
  if (atRisk) event.preventDefault();
});

// Draw the component, or draw it again with newer data; returns how to take it away.
export function draw(component) {
  const parent = component.parentElement;
  let view = views.get(parent);
  if (!view) {
    view = new View(parent);
    views.set(parent, view);
  }
  view.draw(component);
  return () => {
    views.delete(parent);
    view.leave();
  };
}
