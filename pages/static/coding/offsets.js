// Places in a text: the server counts code points, the browser UTF-16 units.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

// The places of characters above U+FFFF, so that most texts need no counting at all.
export class Offsets {
  constructor(text) {
    this.text = text;
    this.pairs = Array.from(text.matchAll(PAIRS), (match) => match.index);
  }

  // How many such characters begin before a place in UTF-16 units.
  before(unit) {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Code points before a place in UTF-16 units; the middle of a character is its end.
  points(unit) {
    return unit - this.before(unit) + (this.inside(unit) ? 1 : 0);
  }

  inside(unit) {
    const last = this.pairs[this.before(unit) - 1];
    return last !== undefined && last + 1 === unit;
  }

  // UTF-16 units before a place in code points.
  units(point) {
    let passed = 0;
    while (passed < this.pairs.length && this.pairs[passed] - passed < point) passed += 1;
    return point + passed;
  }
}

// UTF-16 units from the start of an element to a place in the page within it.
export function unitsTo(root, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(root);
  range.setEnd(node, offset);
  return range.toString().length;
}

// The range in the page from one place of an element's text to another, in UTF-16 units.
export function rangeOf(root, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (!begun && start < passed + length) {
      range.setStart(node, start - passed);
      begun = true;
    }
    if (begun && end <= passed + length) {
      range.setEnd(node, end - passed);
      return range;
    }
    passed += length;
  }
  return null;
}
