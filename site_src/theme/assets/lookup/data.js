// The index of "Nay là đâu?": a directory of names, and shards that are loaded when a name
// in them is asked for. Made by builder/site/lookup_index.py.

import { nameKeys, readings } from "./names.js";

const MOST_SHARDS = 6;

async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** Lines `key:shards` as two arrays in order of key; two signs a shard. */
function table(lines) {
  const keys = [];
  const shards = [];
  for (const line of lines ? lines.split("\n") : []) {
    const at = line.indexOf(":");
    keys.push(line.slice(0, at));
    const numbers = line.slice(at + 1).match(/../g) || [];
    shards.push(numbers.map((sign) => parseInt(sign[0], 36) * 36 + parseInt(sign[1], 36)));
  }
  return { keys, shards };
}

/** Shards of all keys that begin with a text, or of the one that is the text. */
function shardsOf({ keys, shards }, start, whole) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] < start) low = middle + 1;
    else high = middle;
  }
  const found = new Set();
  const fits = whole ? (key) => key === start : (key) => key.startsWith(start);
  for (; low < keys.length && fits(keys[low]); low += 1) {
    for (const shard of shards[low]) found.add(shard);
  }
  return found;
}

function bareKey(fullName) {
  return nameKeys(fullName.replace(/^(Thành phố|Tỉnh|Thị xã|Huyện|Quận) /u, ""))[0];
}

class Shard {
  constructor(content, provinces) {
    this.content = content;
    this.units = content.units.map((row, index) => this.unit(row, index < content.own, provinces));
  }

  unit(row, own, provinces) {
    const { words } = this.content;
    const [code, type, name, district, province, from, to, after, before, pending, address] = row;
    const above = [district, province].map((word) => words[word] || "");
    return {
      shard: this, code, name, from, to, after, before, pending, address,
      type: words[type] || "",
      district: above[0],
      province: above[1],
      keys: own ? nameKeys(name) : [],
      // "Đình Lập, Lạng Sơn" may be typed without the comma, and with the province of today.
      above: own
        ? [...new Set([...above.filter(Boolean), ...provinces])].map(bareKey)
            .concat(above[0] && above[1] ? [bareKey(above[0]) + bareKey(above[1])] : [])
        : [],
    };
  }

  passages(rows) {
    return (Array.isArray(rows) ? rows : []).map(([unit, area, population, certain, steps]) => ({
      unit: this.units[unit],
      area: this.content.shares[area],
      population: this.content.shares[population],
      certain: Boolean(certain),
      steps: this.steps(steps),
    }));
  }

  steps(indices) {
    return (indices || []).map((index) => {
      const [resolution, clause] = this.content.steps[index];
      const [number, article, adopted, operational, address] = this.content.resolutions[resolution];
      return { number, article, adopted, operational, address, clause };
    });
  }
}

export class Places {
  constructor(folder, directory) {
    this.folder = folder;
    this.asOf = directory.as_of;
    this.directory = directory;
    this.names = table(directory.names);
    this.above = table(directory.above);
    this.loaded = new Map();
  }

  static async open(base) {
    const folder = new URL("assets/lookup/data/", base).href;
    return new Places(folder, await json(`${folder}index.json`));
  }

  /** The provinces and cities that have units here. */
  get provinces() {
    return this.directory.shards.map(({ provinces }) => provinces[0]).filter(Boolean);
  }

  shard(number) {
    const { name, digest, provinces } = this.directory.shards[number];
    if (!this.loaded.has(number)) {
      const shard = json(`${this.folder}${name}.json?${digest}`)
        .then((content) => new Shard(content, provinces));
      shard.catch(() => this.loaded.delete(number));
      this.loaded.set(number, shard);
    }
    return this.loaded.get(number);
  }

  /**
   * Units that a text can mean, best first: {units, exact, elsewhere, more}. `exact` counts
   * those at the head that bear just this name; `elsewhere` says that no unit of the name lies
   * where the text says, and then all bear just this name; `more` are the provinces not looked into, since the name stands in
   * too many.
   */
  async find(text) {
    const ways = readings(text).map((way) => ({ ...way, context: way.context.map((key) => this.alias(key)) }));
    for (const context of [true, false]) {
      for (const way of ways) {
        const found = await this.read(context ? way : { ...way, whole: true, context: [] }, text);
        if (found) return { ...found, elsewhere: !context && way.context.length > 0 };
      }
    }
    return { units: [], exact: 0, elsewhere: false, more: [] };
  }

  /** A key that ends in a name of a province which no list has, with the one it has. */
  alias(key) {
    const short = Object.keys(this.directory.aliases)
      .filter((name) => key.endsWith(name))
      .sort((one, two) => two.length - one.length)[0];
    return short ? key.slice(0, -short.length) + this.directory.aliases[short] : key;
  }

  async read({ types, key, whole, context }, text) {
    let numbers = [...shardsOf(this.names, key, whole)];
    for (const above of context) {
      const there = shardsOf(this.above, above);
      // District and province typed in one go are no key of their own: look everywhere.
      if (there.size) numbers = numbers.filter((number) => there.has(number));
    }
    if (!numbers.length) return null;
    if (numbers.length > MOST_SHARDS) {
      const exact = this.names.keys.indexOf(key);
      const there = exact < 0 ? [] : this.names.shards[exact];
      numbers = [...numbers.filter((number) => there.includes(number)), ...numbers.filter((number) => !there.includes(number))];
      // The beginning of many names loads nothing yet.
      if (exact < 0) return { units: [], exact: 0, more: numbers };
    }
    const left = numbers.slice(MOST_SHARDS);
    const shards = await Promise.all(numbers.slice(0, MOST_SHARDS).map((number) => this.shard(number)));
    const fits = (unit) =>
      unit.keys.some((name) => (whole ? name === key : name.startsWith(key))) &&
      (!types || types.includes(unit.type)) &&
      context.every((above) => unit.above.some((name) => name.startsWith(above)));
    const units = shards.flatMap((shard) => shard.units.filter(fits));
    if (!units.length && !left.length) return null;
    const typed = text.normalize("NFC").toLowerCase();
    const worth = (unit) =>
      (unit.keys.includes(key) ? 4 : 0) + (typed.includes(unit.name.toLowerCase()) ? 2 : 0) + (unit.to ? 1 : 0);
    units.sort((one, two) => worth(two) - worth(one) || one.code.localeCompare(two.code));
    return { units, exact: units.filter((unit) => unit.keys.includes(key)).length, more: left };
  }
}
