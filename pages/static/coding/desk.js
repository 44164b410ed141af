// What the server keeps of a text, and every step on its way there, one after the other.

const TRIES = [1000, 2000, 4000, 8000, 15000]; // milliseconds until the next try

class Refused extends Error {
  constructor(answer) {
    super(answer.message);
    this.changed = Boolean(answer.changed);
  }
}

export class Desk {
  constructor(kind, key, told) {
    this.document = { kind, key };
    this.told = told; // called with (waiting) whenever something is or is no longer on its way
    this.waiting = 0;
    this.line = Promise.resolve();
    this.steps = []; // those of this page that can be taken back, memos with what they said before
    this.savedAt = null;
    this.closed = false;
  }

  open() {
    return this.ask("open", this.document);
  }

  mark(stretches, codes) {
    return this.step({}, this.inLine("mark", { stretches, codes }));
  }

  unmark(marks) {
    return this.step({}, this.inLine("unmark", { marks }));
  }

  // Marks whose words are gone: letting them go is not taken back.
  letGo(marks) {
    return this.inLine("unmark", { marks });
  }

  memo(mark, memo, before) {
    return this.step({ mark, before }, this.inLine("memo", { mark, memo }));
  }

  // Take back the last step. The server knows the marks; what a memo said before this page knows.
  undo() {
    const { mark, before } = this.steps.pop() ?? {};
    if (!mark) return this.inLine("undo", this.document);
    return this.inLine("memo", { mark, memo: before }).then(({ memo }) => ({ mark, memo }));
  }

  step(step, done) {
    this.steps.push(step);
    done.catch(() => {
      this.steps = this.steps.filter((each) => each !== step);
    });
    return done;
  }

  // A step waits for those before it: what is undone is always the last one made.
  inLine(what, body) {
    this.waiting += 1;
    this.told();
    const step = this.line.then(() => this.ask(what, body));
    this.line = step.catch(() => {});
    const done = (after) => {
      this.waiting -= 1;
      after();
      this.told();
    };
    return step.then(
      (answer) => {
        done(() => (this.savedAt = answer.saved_at));
        return answer;
      },
      (error) => {
        done(() => {});
        throw error;
      },
    );
  }

  // Where the server cannot be reached the same step is sent again: it does no harm twice.
  async ask(what, body) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.send(what, body);
      } catch (error) {
        if (error instanceof Refused || this.closed) throw error;
        this.trouble = error;
        this.told();
        const pause = TRIES[Math.min(attempt, TRIES.length - 1)];
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  async send(what, body) {
    const response = await fetch(new URL(`coding-desk/${what}`, document.baseURI), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
    });
    if (response.status >= 500) throw new Error(String(response.status));
    const answer = await response.json();
    if (!response.ok) throw new Refused(answer);
    this.trouble = null;
    return answer;
  }
}
