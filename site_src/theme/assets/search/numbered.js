// Words as numbers, so that a query is compared with each word of the catalogue once.

/** The words of the fields that are searched, as numbers: whether a word of a query stands in
    twenty thousand rows is then told without looking into one string. */
export class NumberedWords {
  constructor() {
    this.numbers = new Map(); // word -> number
    this.found = []; // the words of all fields, one after another
    this.starts = [0]; // where those of each field begin
  }

  add(hay) {
    for (const word of hay.split(" ")) {
      if (!word || word[0] === ".") continue;
      let number = this.numbers.get(word);
      if (number === undefined) {
        number = this.numbers.size;
        this.numbers.set(word, number);
      }
      this.found.push(number);
    }
    this.starts.push(this.found.length);
  }

  /** When all fields are there. */
  close() {
    this.found = Uint32Array.from(this.found);
    this.starts = Uint32Array.from(this.starts);
  }

  /** By the number of a word, the level (query.js) of its match with a word of a query. */
  levels(word, beginning) {
    const made = new Uint8Array(this.numbers.size);
    if (beginning) {
      for (const [each, number] of this.numbers) if (each.startsWith(word)) made[number] = 1;
    }
    if (this.numbers.has(word)) made[this.numbers.get(word)] = 2;
    return made;
  }

  /** The level of the best match in a field. */
  best(levels, field) {
    const { found, starts } = this;
    let best = 0;
    for (let at = starts[field], end = starts[field + 1]; at < end && best < 2; at += 1) {
      if (levels[found[at]] > best) best = levels[found[at]];
    }
    return best;
  }
}
