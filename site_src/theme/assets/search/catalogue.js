// The first tier: the catalogue, loaded once, scanned for every query, and its facets.

import { haystack, padded, spelledHaystack, useAbbreviations } from "./fold.js";
import { NumberedWords } from "./numbered.js";
import { agreeing, bonus, DIGITS, level, worth, WEIGHT } from "./query.js";

export const FACETS = ["kind", "state", "type", "block", "unit", "year", "stage"];
const COLUMNS = { state: "states" }; // where the column of a facet has another name
const VERSION = 2;
const SEARCHED = ["number", "title", "also"]; // fields of a row, word by word
const waiting = new Map();

/** The catalogue of the site whose files stand under `base` (a URL ending in a slash). */
export async function loadCatalogue(base) {
  const index = await ask(base, "catalogue.js");
  if (index.version !== VERSION) throw new Error("unknown version of the catalogue");
  useAbbreviations(index.abbreviations);
  const shards = await Promise.all(
    index.shards.map(({ file, digest }) => ask(base, file, digest)),
  );
  return new Catalogue(index, shards);
}

/** A file of data. It comes as a script, since pages opened from a disk may load nothing else. */
function ask(base, file, digest = "") {
  self.registrySearchData ||= (name, data) => waiting.get(name)?.(data);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(`search/${file}${digest && `?${digest}`}`, base).href;
    script.charset = "utf-8";
    script.onerror = () => reject(new Error(`${file} could not be loaded`));
    script.onload = () => {
      script.remove();
      reject(new Error(`${file} holds no data`));
    };
    waiting.set(file, resolve);
    document.head.append(script);
  });
}

/** The state on a day of "not_yet 2025-07-02 in_force": each but the first with its first day. */
export function stateOn(code, day) {
  const parts = code.split(" ");
  let state = parts[0];
  for (let i = 1; i < parts.length && parts[i] <= day; i += 2) state = parts[i + 1];
  return state;
}

/** By kind, the newest first, by key. */
function compare(one, two) {
  if (one.order !== two.order) return one.order - two.order;
  if (one.date !== two.date) return one.date < two.date ? 1 : -1;
  return one.key < two.key ? -1 : 1;
}

/** The best first, equal ones by rank: few answers differ in what they are worth, so that putting
    those together is many times faster than sorting all. */
function inOrder(byRank) {
  const found = new Map();
  for (const answer of byRank) {
    if (!answer) continue;
    const worth = (answer.same ? 2 ** 20 : 0) + answer.score;
    const equal = found.get(worth);
    if (equal) equal.push(answer);
    else found.set(worth, [answer]);
  }
  return [...found.keys()].sort((one, two) => two - one).flatMap((worth) => found.get(worth));
}

/** By level of a match (query.js), what it is worth in a field. */
const worths = (field) => [0, 1, 2].map((matched) => worth(field, matched));
const WORTH = Object.fromEntries(Object.keys(WEIGHT).map((field) => [field, worths(field)]));

export class Catalogue {
  constructor(index, shards) {
    this.index = index;
    this.labels = index.labels;
    this.kinds = Object.keys(index.labels.kind);
    this.rows = [];
    this.words = new NumberedWords();
    this.places = [];
    this.types = [];
    this.issuers = [];
    this.timelines = [];
    this.day = "";
    this.firstRow = {};
    for (const shard of shards) this.#add(shard);
    this.words.close();
    // What decides between equal answers is known beforehand.
    [...this.rows].sort(compare).forEach((row, rank) => {
      row.rank = rank;
    });
  }

  #add(shard) {
    const places = this.places.length;
    const types = this.types.length;
    const issuers = this.issuers.length;
    const timelines = this.timelines.length;
    this.timelines.push(...shard.timelines);
    this.firstRow[shard.shard] = this.rows.length;
    for (const [id, name, former, province] of shard.places) {
      const hay = haystack([name, ...former, province].join("|"));
      this.places.push({ id, name, former, province, hay });
    }
    for (const [label, code] of shard.types) {
      this.types.push({ label, code, hay: haystack(`${label}|${code}`) });
    }
    for (const issuer of shard.issuers) {
      this.issuers.push({ label: issuer.split("|").join(" · "), issuer, hay: haystack(issuer) });
    }
    shard.key.forEach((key, i) => {
      const kind = shard.kinds[shard.kind[i]];
      const units = shard.units[i].map((unit) => unit + places);
      // A unit is found by its own former names, but not by all those of its successors.
      const isNamed = (unit) => kind !== "units" || key.endsWith(`/${this.places[unit].id}`);
      const fields = {
        title: haystack(shard.title[i]),
        number: padded(shard.number[i]),
        name: padded(shard.name[i]),
        also: haystack(shard.also[i]),
      };
      for (const field of SEARCHED) this.words.add(fields[field]);
      const first = fields.number.split(" ", 2)[1];
      fields.first = DIGITS.test(first) ? ` ${first} ` : "";
      this.rows.push({
        at: this.rows.length,
        key,
        kind,
        order: (this.kinds.indexOf(kind) + 1 || 99) - 1,
        title: shard.title[i],
        number: shard.number[i],
        type: shard.type[i] + types,
        block: shard.block[i],
        units,
        named: units.filter(isNamed),
        issuer: shard.issuer[i] + issuers,
        date: shard.date[i],
        year: shard.date[i].slice(0, 4),
        stage: shard.stages[shard.stage[i]],
        states: shard.states[i] + timelines,
        also: shard.also[i],
        note: shard.note[i],
        fields,
      });
    });
  }

  /**
   * Answers in order: [{row (its place in rows), score, inText, same}]. `texts` gives for a word
   * of the query the set of rows whose text holds it; `same`: words typed with marks stand in it
   * with these. Without words every row is an answer.
   */
  search(query, texts = new Map()) {
    const lookups = query.words.map((word, i) => {
      const beginning = i === query.words.length - 1 && query.last !== "";
      const of = (list) => list.map((each) => level(each.hay, word, beginning));
      return {
        levels: this.words.levels(word, beginning),
        places: of(this.places),
        types: of(this.types),
        issuers: of(this.issuers),
        text: texts.get(word),
        day: query.days[i],
      };
    });
    const phrases = {
      places: this.places.map((each) => each.hay.includes(query.phrase)),
      types: this.types.map((each) => each.hay.includes(query.phrase)),
      issuers: this.issuers.map((each) => each.hay.includes(query.phrase)),
    };
    const marks = this.#marks(query, texts);
    const byRank = new Array(this.rows.length);
    for (const row of this.rows) {
      const answer = this.#score(row, query, lookups, phrases);
      if (!answer) continue;
      answer.same = marks(row, row.at);
      byRank[row.rank] = answer;
    }
    return inOrder(byRank);
  }

  /** Whether a row has the marks of the query, as a function of the row and its place. */
  #marks(query, texts) {
    if (!query.marked.length) return () => true;
    const all = 2 ** query.marked.length - 1;
    this.#spell();
    const bits = (list) => list.map((each) => agreeing(query, each.spelled));
    const places = bits(this.places);
    const types = bits(this.types);
    const issuers = bits(this.issuers);
    return (row, at) => {
      let found = types[row.type] | issuers[row.issuer];
      for (const unit of row.named) found |= places[unit];
      if (found === all) return true;
      row.spelled ??= [row.title, row.number, row.also].map(spelledHaystack).join(".");
      found |= agreeing(query, row.spelled);
      query.marked.forEach((word, bit) => {
        if (texts.get(word)?.has(at)) found |= 1 << bit;
      });
      return found === all;
    };
  }

  /** Haystacks with marks, made when the first query with marks asks for them. */
  #spell() {
    if (this.spelled) return;
    this.spelled = true;
    for (const place of this.places) {
      place.spelled = spelledHaystack([place.name, ...place.former, place.province].join("|"));
    }
    for (const type of this.types) type.spelled = spelledHaystack(`${type.label}|${type.code}`);
    for (const each of this.issuers) each.spelled = spelledHaystack(each.issuer);
  }

  #score(row, query, lookups, phrases) {
    const { at, named } = row;
    const number = at * SEARCHED.length;
    const title = number + 1;
    const also = number + 2;
    let score = 0;
    let inText = false;
    for (const lookup of lookups) {
      const { levels, places } = lookup;
      let best = WORTH.number[this.words.best(levels, number)];
      if (best < WEIGHT.title) {
        best = Math.max(best, WORTH.title[this.words.best(levels, title)]);
      }
      if (best < WEIGHT.units) {
        let matched = 0;
        for (const unit of named) matched = Math.max(matched, places[unit]);
        best = Math.max(best, WORTH.units[matched]);
      }
      if (best < WEIGHT.other) {
        const matched = Math.max(
          lookup.types[row.type], lookup.issuers[row.issuer], this.words.best(levels, also),
        );
        best = Math.max(best, WORTH.other[matched]);
      }
      if (best < WEIGHT.other && lookup.day && lookup.day === row.date) best = WEIGHT.other;
      if (!best && lookup.text && lookup.text.has(at)) {
        best = WEIGHT.text;
        inText = true;
      }
      if (!best) return null;
      score += best;
    }
    if (score) {
      const inUnits = named.some((unit) => phrases.places[unit]);
      const inOther =
        phrases.types[row.type] ||
        phrases.issuers[row.issuer] ||
        row.fields.also.includes(query.phrase);
      score += bonus(query, row.fields, inUnits, inOther);
    }
    return { row: at, score, inText, same: true };
  }

  /** The former name by which a row was found, if it was: the one with most of the words. */
  formerName(row, query) {
    const missing = query.words.filter((word) => !row.fields.title.includes(` ${word}`));
    if (!missing.length) return "";
    let best = "";
    let most = 0;
    for (const unit of row.named) {
      const place = this.places[unit];
      if (!missing.some((word) => place.hay.includes(` ${word}`))) continue;
      for (const name of place.former) {
        const hay = padded(name);
        if (!missing.some((word) => hay.includes(` ${word}`))) continue;
        const words = query.words.filter((word) => hay.includes(` ${word} `)).length;
        const found = words + (hay.includes(query.phrase) ? 1 : 0);
        if (found > most) {
          most = found;
          best = name;
        }
      }
    }
    return best;
  }

  /** The state of force of a document on the day that is asked for; "" for other records. */
  state(row) {
    const code = this.timelines[row.states];
    return code && this.day ? stateOn(code, this.day) : "";
  }

  /** The row of a unit, by the place of its name. */
  unitRow(place) {
    this.unitRows ||= new Map(
      this.rows
        .filter((row) => row.kind === "units")
        .map((row) => [row.key.slice(row.key.lastIndexOf("/") + 1), row]),
    );
    return this.unitRows.get(this.places[place].id);
  }

  /** The values of a row in a facet; most have one. */
  values(row, facet) {
    if (facet === "kind") return [row.kind];
    if (facet === "type") return this.types[row.type].label ? [this.types[row.type].label] : [];
    if (facet === "block") return this.#blocks(row.block);
    if (facet === "unit") return row.units.map((unit) => this.places[unit].id);
    if (facet === "state") return this.state(row) ? [this.state(row)] : [];
    if (facet === "year") return row.date ? [row.date.slice(0, 4)] : [];
    return row.stage ? [row.stage] : [];
  }

  /** Whether a row has one of the values asked for, in every facet with any. */
  #passes(row, filters) {
    return FACETS.every((facet) => {
      const wanted = filters[facet];
      if (!wanted || !wanted.length) return true;
      return this.values(row, facet).some((value) => wanted.includes(value));
    });
  }

  /** Those answers that pass the filters. */
  filter(answers, filters) {
    return answers.filter((answer) => this.#passes(this.rows[answer.row], filters));
  }

  /** For each facet its values with counts, as if the facet itself were not filtered. */
  facets(answers, filters) {
    const active = FACETS.filter((facet) => filters[facet]?.length);
    const parts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    const count = (facet, row) => {
      const counts = parts[facet];
      const add = (value) => counts.set(value, (counts.get(value) || 0) + 1);
      if (facet === "unit") row.units.forEach(add);
      else add(row[COLUMNS[facet] || facet]);
    };
    for (const answer of answers) {
      const row = this.rows[answer.row];
      const failed = active.filter(
        (facet) => !this.values(row, facet).some((value) => filters[facet].includes(value)),
      );
      if (!failed.length) for (const facet of FACETS) count(facet, row);
      else if (failed.length === 1) count(failed[0], row);
    }
    return Object.fromEntries(FACETS.map((facet) => [facet, this.#named(facet, parts[facet])]));
  }

  /** Counts by what rows hold as counts by value; what has no value is left out. */
  #named(facet, parts) {
    const found = new Map();
    const add = (value, count) => value && found.set(value, (found.get(value) || 0) + count);
    for (const [part, count] of parts) {
      if (facet === "unit") add(this.places[part].id, count);
      else if (facet === "type") add(this.types[part].label, count);
      else if (facet === "state") add(this.state({ states: part }), count);
      else if (facet === "block") for (const block of this.#blocks(part)) add(block, count);
      else add(part, count);
    }
    return found;
  }

  #blocks(bits) {
    return Object.keys(this.labels.block).filter((_, bit) => bits & (1 << bit));
  }

  /** The words for a value of a facet. */
  label(facet, value) {
    if (facet === "unit") {
      this.unitNames ||= new Map(this.places.map(({ id, name }) => [id, name]));
      return this.unitNames.get(value) || value;
    }
    return (this.labels[facet] && this.labels[facet][value]) || value;
  }
}
