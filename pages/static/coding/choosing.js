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

  // Choose the sentence at a place of a text.
  sentence(part, unit) {
    this.at = Math.max(0, this.parts.indexOf(part));
    const found = this.units("sentence").find(({ start, end }) => start <= unit && unit <= end);
    this.focus = this.anchor = found ?? null;
    return this.chosen();
  }

  clear() {
    this.anchor = null;
    this.focus = null;
  }

  // Move by a word or a sentence; with `extend` what was chosen grows or shrinks.
  move(granularity, forwards, extend) {
    if (!this.parts.length) return null;
    const next =
      extend && this.focus ? this.edge(granularity, forwards) : this.next(granularity, forwards);
    if (!next) {
      if (extend || !this.turn(forwards)) return this.chosen();
      this.clear();
      return this.move(granularity, forwards, false);
    }
    this.focus = next;
    if (!extend || !this.anchor) this.anchor = next;
    return this.chosen();
  }

  // The unit to go to: the one that is here in another size, or the one beside it.
  next(granularity, forwards) {
    const units = this.units(granularity);
    const { focus } = this;
    if (!focus) return forwards ? units[0] : units.at(-1);
    const here = units.filter((each) => each.start < focus.end && focus.start < each.end);
    const same = here.length === 1 && here[0].start === focus.start && here[0].end === focus.end;
    if (!same && here.length) return forwards ? here[0] : here.at(-1);
    return forwards
      ? units.find((each) => each.start >= focus.end)
      : units.filter((each) => each.end <= focus.start).at(-1);
  }

  // The unit at which what is chosen ends, when it grows or shrinks on the side of the focus.
  edge(granularity, forwards) {
    const units = this.units(granularity);
    const { anchor, focus } = this;
    if (forwards) {
      return focus.start < anchor.start
        ? units.find((each) => each.start > focus.start)
        : units.find((each) => each.end > focus.end);
    }
    return focus.end > anchor.end
      ? units.filter((each) => each.end < focus.end).at(-1)
      : units.filter((each) => each.start < focus.start).at(-1);
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
