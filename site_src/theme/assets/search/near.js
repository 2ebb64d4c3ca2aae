// Spellings near to words that were not found: small slips of typing, over folded words.

import { words, wordsWithPlaces } from "./fold.js";
import { parse } from "./query.js";

const SUGGESTED = 3; // suggestions, and spellings tried for one word

/** All words of titles and names: {word, written (as most often), count}. */
function vocabulary(catalogue) {
  const chunks = new Map();
  const names = catalogue.places.flatMap(({ name, former }) => [name, ...former]);
  for (const text of [...catalogue.rows.map((row) => row.title), ...names]) {
    for (const chunk of text.split(/\s+/u)) chunks.set(chunk, (chunks.get(chunk) || 0) + 1);
  }
  const known = new Map();
  for (const [chunk, count] of chunks) {
    for (const { word, start, end } of wordsWithPlaces(chunk)) {
      if (word.length < 2 || /[0-9]/.test(word)) continue;
      const found = known.get(word) || { word, written: "", count: 0, most: 0 };
      found.count += count;
      if (count > found.most) Object.assign(found, { most: count, written: chunk.slice(start, end) });
      known.set(word, found);
    }
  }
  return [...known.values()];
}

/**
 * How many letters to add, drop, change or swap with the next one make one word of another; a
 * number above `most` if more than that.
 */
export function distance(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return most + 1;
  let before = [];
  let last = Array.from({ length: two.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const change = last[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1);
      next[j] = Math.min(change, last[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    if (Math.min(...next) > most) return most + 1;
    before = last;
    last = next;
  }
  return last[two.length];
}

/** The spellings nearest to a word, in the marks that they have in the records. */
function near(known, word) {
  const most = word.length < 7 ? 1 : 2;
  const found = known
    .map((each) => ({ ...each, far: distance(word, each.word, most) }))
    .filter((each) => each.far > 0 && each.far <= most);
  for (let at = 2; at <= word.length - 2; at += 1) {
    const halves = [word.slice(0, at), word.slice(at)].map((half) =>
      known.find((each) => each.word === half));
    if (halves.every(Boolean)) {
      const written = halves.map((half) => half.written).join(" ");
      found.push({ written, far: 1, count: Math.min(...halves.map((half) => half.count)) });
    }
  }
  return found.sort((a, b) => a.far - b.far || b.count - a.count).slice(0, SUGGESTED * 2);
}

/** Queries that find something and are near to one that does not: [{text, count}]. */
export function suggestions(catalogue, typed) {
  catalogue.vocabulary ||= vocabulary(catalogue);
  let tries = [{ text: typed, shift: 0 }];
  for (const { word, start, end } of wordsWithPlaces(typed)) {
    if (/^[0-9]/.test(word) || catalogue.search(parse(word)).length) continue;
    tries = tries.flatMap(({ text, shift }) =>
      near(catalogue.vocabulary, word).map(({ written }) => ({
        text: text.slice(0, start + shift) + written + text.slice(end + shift),
        shift: shift + written.length - (end - start),
      })));
    tries = tries.slice(0, SUGGESTED * 4);
  }
  const found = new Map();
  for (const { text } of tries) {
    const answers = text === typed ? [] : catalogue.search(parse(text));
    if (!answers.length || found.size === SUGGESTED) continue;
    found.set(asWritten(catalogue, catalogue.rows[answers[0].row], text), answers.length);
  }
  return [...found].map(([text, count]) => ({ text, count }));
}

/** The words as they stand side by side in a title or a name of the record, or as they are. */
function asWritten(catalogue, row, text) {
  const wanted = words(text);
  const names = row.named.flatMap((unit) => {
    const { name, former } = catalogue.places[unit];
    return [name, ...former];
  });
  for (const name of [row.title, ...names]) {
    const all = wordsWithPlaces(name);
    const at = all.findIndex((_, i) => wanted.every((word, j) => all[i + j]?.word === word));
    if (at >= 0) return name.slice(all[at].start, all[at + wanted.length - 1].end);
  }
  return text;
}
