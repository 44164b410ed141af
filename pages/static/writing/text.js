// One text that is being written: what stands in the box, what the server has, and the way between.
//
// Sending begins at most SOON after the first unsent key, whether typing goes on or not. From the
// first key until the server has acknowledged that very text the device keeps it. A text written
// elsewhere in the meantime is never merged: both are kept until the person chooses.

const { keep, keepAtOnce, forget, left, tab: thisTab } = await import(`./device.js${new URL(import.meta.url).search}`);
const { bring } = await import(`./bringing.js${new URL(import.meta.url).search}`);

const SOON = 600; // milliseconds from the first unsent key to its request
const COPYING = 350; // milliseconds a request waits at most for its copy on the device
const OFTEN = 300; // milliseconds between two copies on the device
const SETTLING = 5000; // milliseconds a button waits at most for text to be sent
const LONGEST_PAUSE = 15_000; // milliseconds between two attempts, at most
const MOST_MARKS = 200;

// A short mark by which a text is recognised as one's own (two multiplicative hashes of 32 bits).
function mark(text) {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `${text.length}-${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}

export class Text {
  // address: {to, owner, assignment, day, instance, path}; server: {text, revision, savedAt}
  constructor(address, server) {
    this.address = address;
    this.place = `${address.owner}/${address.instance}${address.path}`;
    this.text = server.text;
    this.acked = server;
    this.conflict = null; // the other text, while the person has not chosen
    this.trouble = null; // {final, message} of the last attempt, while there is unsent text
    this.onDevice = true; // whether the device keeps copies
    this.view = null;
    this.given = []; // marks of texts the server may have without our knowing
    this.sending = null;
    this.failures = 0;
    this.firstUnsent = null;
    this.sendTimer = null;
    this.keepTimer = null;
    this.keeping = Promise.resolve();
    this.lastKept = 0;
    this.waiting = new Set();
    this.begun = false; // nobody types before it is known what the device still has
    this.ready = this.begin();
  }

  get unsent() {
    return this.text !== this.acked.text;
  }

  get key() {
    return `${this.place} ${this.tab}`;
  }

  get record() {
    const { key, place, tab, text, given, address } = this;
    return { key, place, address, tab, text, base: this.acked.revision, given, at: Date.now() };
  }

  // Take up what this device still has: unsent text is newer than the draft it was based on.
  async begin() {
    const [record] = await left(this.place);
    this.tab = await thisTab;
    if (record) {
      const server = this.acked;
      this.text = record.text;
      if (record.base >= server.revision) {
        this.acked = { ...server, revision: record.base };
      } else if (!record.given.includes(mark(server.text)) && this.unsent) {
        this.acked = { ...server, revision: record.base };
        this.conflict = server;
      }
      if (this.unsent) {
        this.given = record.given;
        await this.keepNow();
      }
      if (record.key !== this.key || !this.unsent) await forget(record.key);
    }
    this.begun = true;
    this.show();
    if (this.unsent) this.send();
  }

  // What a person types, as it stands in the box.
  type(text) {
    if (text === this.text) return;
    this.text = text;
    if (text === this.conflict?.text) {
      this.accept(this.conflict);
      return;
    }
    this.firstUnsent ??= performance.now();
    this.keepSoon();
    this.sendSoon();
    this.show();
  }

  // What the script has read from the database.
  learn(server) {
    if (server.revision <= this.acked.revision) return;
    if (server.text === this.text) {
      this.accept(server);
    } else if (this.given.includes(mark(server.text))) {
      this.acked = server;
      this.sendSoon();
    } else if (this.unsent) {
      this.conflict = server;
    } else if (!this.view?.busy) {
      // Nothing is unsent here and nobody is in the box: what was written elsewhere may appear.
      this.text = server.text;
      this.acked = server;
    }
    this.show();
  }

  keepSoon() {
    if (this.keepTimer !== null) return;
    const wait = Math.max(0, OFTEN - (performance.now() - this.lastKept));
    if (wait === 0) this.keepNow();
    else this.keepTimer = setTimeout(() => this.keepNow(), wait);
  }

  // One copy after the other, so that the newest is the one that stays.
  keepNow() {
    clearTimeout(this.keepTimer);
    this.keepTimer = null;
    this.lastKept = performance.now();
    this.keeping = this.keeping.then(async () => {
      if (!this.unsent) {
        await forget(this.key);
        return;
      }
      const kept = await keep(this.record);
      if (kept !== this.onDevice) {
        this.onDevice = kept;
        this.show();
      }
    });
    return this.keeping;
  }

  sendSoon() {
    if (this.sendTimer !== null || this.sending || this.conflict || !this.unsent) return;
    const since = performance.now() - (this.firstUnsent ?? 0);
    this.sendAfter(Math.max(0, SOON - since));
  }

  sendAfter(pause) {
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => {
      this.sendTimer = null;
      this.send();
    }, pause);
  }

  // Send what is unsent; one request at a time.
  send({ leaving = false } = {}) {
    if (leaving && this.unsent && this.begun) keepAtOnce(this.record);
    if (this.conflict || !this.unsent || (this.sending && !leaving)) return this.sending;
    clearTimeout(this.sendTimer);
    this.sendTimer = null;
    this.firstUnsent = null;
    const attempt = this.attempt(this.text, leaving).finally(() => {
      if (this.sending !== attempt) return;
      this.sending = null;
      if (this.trouble) this.again();
      else this.sendSoon();
    });
    this.sending = attempt;
    return attempt;
  }

  async attempt(text, leaving) {
    this.given = [...this.given, mark(text)].slice(-MOST_MARKS);
    const copied = this.keepNow();
    // The copy says what is on its way, so that an answer lost with the browser is understood later.
    if (leaving) keepAtOnce(this.record); // now with the mark of this very text
    else await Promise.race([copied, new Promise((done) => setTimeout(done, COPYING))]);
    try {
      const { status, answer } = await bring(this.address, text, this.acked.revision);
      this.hear(status, answer, text);
    } catch {
      this.fail({ final: false, message: "" });
    }
  }

  hear(status, answer, text) {
    const server = {
      text: answer.value ?? "",
      revision: answer.revision,
      savedAt: answer.saved_at,
    };
    if (status === 200) {
      this.accept({ ...server, text });
    } else if (status === 409) {
      this.failures = 0;
      this.trouble = null;
      if (server.text === this.text) this.accept(server);
      else if (this.given.includes(mark(server.text))) this.acked = server;
      else this.conflict = server;
      this.keepNow();
    } else {
      const final = status >= 400 && status < 500 && status !== 408 && status !== 429;
      this.fail({ final, message: answer.message ?? "" });
      return;
    }
    this.settled();
    this.show();
  }

  // The server has this text, on its disk.
  accept(server) {
    this.acked = server;
    this.conflict = null;
    this.trouble = null;
    this.failures = 0;
    this.given = [];
    this.keepNow();
    this.settled();
    this.view?.acknowledged();
    this.show();
  }

  fail(trouble) {
    this.failures += 1;
    this.trouble = trouble;
    this.settled();
    this.show();
  }

  // Try again after a pause that grows; what the server refused for good is tried rarely.
  again() {
    const pause = this.trouble.final ? 60_000 : Math.min(LONGEST_PAUSE, 500 * 2 ** this.failures);
    this.sendAfter(pause * (0.75 + Math.random() / 2));
  }

  // Fulfilled with whether the server has all of it: at once, or after the next attempt.
  async settle() {
    await this.ready;
    const patience = setTimeout(() => this.fail({ final: false, message: "" }), SETTLING);
    const failures = this.failures;
    while (this.unsent && !this.conflict && this.failures <= failures) {
      this.send();
      await new Promise((resolve) => this.waiting.add(resolve));
    }
    clearTimeout(patience);
    return !this.unsent;
  }

  settled() {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  keepMine() {
    this.acked = this.conflict;
    this.conflict = null;
    this.given = [];
    this.keepNow();
    this.send();
    this.show();
  }

  takeOther() {
    this.text = this.conflict.text;
    this.accept(this.conflict);
  }

  show() {
    this.view?.show();
  }
}
