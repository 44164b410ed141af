// Choosing words with the keyboard: arrows go from word to word and from sentence to sentence.

const segmenters = {};

function segments(text, granularity) {
  segmenters[granularity] ??= new Intl.Segmenter(undefined, { granularity });
  const found = [];
  for (const { segment, index, isWordLike } of segmenters[granularity].segment(text)) {
    const words = segment.trim();
    if (!words || (granularity === "word" && !isWordLike)) continue;
    const start = index + segment.length - segment.trimStart().length;
    found.push({ start, end: start + words.length });
  }
  return found;
}

export class Caret {
  constructor(parts) {
    this.parts = parts; // those that can be coded
    this.at = 0;
    this.anchor = null; // where choosing began, in UTF-16 units
    this.focus = null; // the unit that the keyboard is on
    this.known = new Map();
  }

  units(granularity) {
    const part = this.parts[this.at];
    const key = `${part.index} ${granularity}`;
    if (!this.known.has(key)) this.known.set(key, segments(part.data.text, granularity));
    return this.known.get(key);
  }

  // Go on from what was chosen with the mouse.
  follow(part, start, end) {
    this.at = Math.max(0, this.parts.indexOf(part));
    this.focus = { start: part.offsets.units(start), end: part.offsets.units(end) };
    this.anchor = this.focus;
  }

  clear() {
    this.anchor = null;
    this.focus = null;
  }

  // Move by a word or a sentence; with `extend` what was chosen grows or shrinks.
  move(granularity, forwards, extend) {
    if (!this.parts.length) return null;
    const next = this.next(granularity, forwards);
    if (!next) {
      if (extend || !this.turn(forwards)) return this.chosen();
      this.focus = null;
      this.anchor = null;
      return this.move(granularity, forwards, false);
    }
    this.focus = next;
    if (!extend || !this.anchor) this.anchor = next;
    return this.chosen();
  }

  next(granularity, forwards) {
    const units = this.units(granularity);
    if (!this.focus) return forwards ? units[0] : units.at(-1);
    if (forwards) {
      const here = units.findIndex((each) => each.end > this.focus.start);
      const same = here >= 0 && units[here].start <= this.focus.start;
      const whole = same && units[here].end <= this.focus.end;
      return units[same && whole ? here + 1 : here];
    }
    const behind = units.filter((each) => each.start < this.focus.start);
    return behind.at(-1);
  }

  turn(forwards) {
    const next = this.at + (forwards ? 1 : -1);
    if (next < 0 || next >= this.parts.length) return false;
    this.at = next;
    return true;
  }

  chosen() {
    if (!this.focus) return null;
    const part = this.parts[this.at];
    const start = Math.min(this.anchor.start, this.focus.start);
    const end = Math.max(this.anchor.end, this.focus.end);
    return part.trimmed(start, end);
  }
}
